package motette.grants;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.budgets.Ledger;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Texts;

/** What the deeds on grants share: an entry of the ledger with its movement, the record of a deed, the end of a file. */
@Singleton
class GrantBooks {

    private final GrantRepository grants;
    private final GrantRights rights;
    private final Ledger ledger;
    private final Audit audit;
    private final Texts texts;
    private final Clock clock;

    GrantBooks(GrantRepository grants, GrantRights rights, Ledger ledger, Audit audit, Texts texts, Clock clock) {
        this.grants = grants;
        this.rights = rights;
        this.ledger = ledger;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    /** Ends the file where nothing is promised or owed any more and what was paid is proven, or nothing of the grant is left. */
    void settle(Visitor visitor, long resolution) {
        var file = grants.find(resolution).orElseThrow();
        boolean done = file.isNotice()
                ? file.isProven() || file.current() == 0
                : file.step().equals("done");
        if (done && file.granted() == 0 && file.reserved() == 0 && file.repaymentId() == 0) {
            grants.end(file, visitor.personId(), clock.instant());
        }
    }

    long move(Visitor visitor, GrantFile file, String kind, long cents, long payout) {
        var amount = new Money(cents);
        var reason = texts.get(Languages.standard(), "grants.ledger." + kind);
        long person = visitor.personId();
        refuse(
                file,
                switch (kind) {
                    case "grant" -> ledger.grant(file.budgetId(), amount, reason, file.reference(), person);
                    case "pay" -> ledger.pay(file.budgetId(), amount, reason, file.reference(), person);
                    case "rest", "revoke" -> ledger.takeBack(file.budgetId(), amount, reason, file.reference(), person);
                    default -> ledger.giveBack(file.budgetId(), amount, reason, file.reference(), person);
                });
        return grants.moved(file, kind, payout);
    }

    /** What an office spends on an order, once another person released it. */
    void spend(Visitor visitor, GrantFile file) {
        refuse(
                file,
                ledger.pay(
                        file.budgetId(),
                        new Money(file.spendingCents()),
                        texts.get(Languages.standard(), "grants.ledger.pay"),
                        file.reference(),
                        visitor.personId()));
        grants.moved(file, "pay", 0, file.spendingId());
    }

    LocalDate dueBack(GrantFile file) {
        return LocalDate.now(clock)
                .plusDays(grants.rule(file.fundKey(), file.decidedOn()).repayDays());
    }

    void record(Visitor visitor, GrantFile file, String deed, long cents) {
        audit.record(Deed.of(deed, file.reference())
                .by(visitor.personId(), visitor.personId() == file.applicantId() ? "" : rights.office(visitor))
                .with("cents", cents));
    }

    static void allow(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    static void refuse(GrantFile file, Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Refused(why.withWayOut(file.path() + "/file", "grants.back"));
        });
    }

    static Refused no(GrantFile file, String why) {
        return new Refused(Refusal.of("grants.refusal." + why).withWayOut(file.path() + "/file", "grants.back"));
    }
}
