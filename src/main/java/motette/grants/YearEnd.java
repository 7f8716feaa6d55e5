package motette.grants;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import motette.budgets.Ledger;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;

/** What may not be carried over into the next year and falls back into the budget. */
@Singleton
class YearEnd {

    private final GrantRepository grants;
    private final GrantBooks books;
    private final GrantRights rights;
    private final Ledger ledger;
    private final Texts texts;
    private final Clock clock;

    YearEnd(GrantRepository grants, GrantBooks books, GrantRights rights, Ledger ledger, Texts texts, Clock clock) {
        this.grants = grants;
        this.books = books;
        this.rights = rights;
        this.ledger = ledger;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * What of a budget year may not be carried over and is not on its way to be paid; after the last day of that year.
     *
     * @return with cents that fall back on reserved and granted
     */
    @Transactional(readOnly = true)
    public List<GrantFile> lapsing(int year) {
        var today = LocalDate.now(clock);
        return year >= today.getYear()
                ? List.of()
                : grants.ofYear(year).stream()
                        .filter(file -> !file.rests() && !file.ended() && file.reserved() + file.granted() > 0)
                        .filter(file -> file.payoutId() == 0
                                && file.spendingId() == 0
                                && !file.isProven()
                                && !file.proofWaits())
                        .filter(file -> !grants.rule(file.fundKey(), LocalDate.of(year, 12, 31))
                                .carriesOver())
                        .toList();
    }

    /** Books what falls back at the end of a year; pressed again it finds nothing. */
    @Transactional
    public int lapse(Visitor visitor, int year) {
        GrantBooks.allow(rights.deciding(visitor));
        int count = 0;
        for (var one : lapsing(year).stream().mapToLong(GrantFile::id).sorted().toArray()) {
            grants.lock(one);
            var file = lapsing(year).stream().filter(still -> still.id() == one).findFirst();
            if (file.isPresent()) {
                fallBack(visitor, file.get());
                count++;
            }
        }
        return count;
    }

    private void fallBack(Visitor visitor, GrantFile file) {
        var reason = texts.get(Languages.standard(), "grants.ledger.lapse", String.valueOf(file.year()));
        if (file.reserved() > 0) {
            GrantBooks.refuse(
                    file,
                    ledger.lapse(
                            file.budgetId(), new Money(file.reserved()), reason, file.reference(), visitor.personId()));
            grants.moved(file, "lapse", 0);
        }
        if (file.granted() > 0) {
            GrantBooks.refuse(
                    file,
                    ledger.takeBack(
                            file.budgetId(), new Money(file.granted()), reason, file.reference(), visitor.personId()));
            grants.moved(file, "lapse", 0);
        }
        books.record(visitor, file, "grant.lapse", file.reserved() + file.granted());
        if (file.opened() && file.paid() == 0) {
            grants.end(file, visitor.personId(), clock.instant());
        }
    }
}
