package motette.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import motette.PortalTest;
import motette.budgets.Account;
import motette.budgets.Budgets;
import motette.budgets.Ledger;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Time;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever is done with the money of a year, in whatever order and by however many at once: no account is below zero, the sums are
 * the appropriations to the cent, and the pages say what the ledger says.
 */
class MoneyPropertyTest {

    private static final int YEAR = LocalDate.now(Time.ZONE).getYear();
    private static final int AT_ONCE = 8;

    private static final ApplicationContext PORTAL =
            ApplicationContext.run(new HashMap<String, Object>(new PortalTest() {}.getProperties()), "test");
    private static final Ledger LEDGER = PORTAL.getBean(Ledger.class);
    private static final Sql SQL = PORTAL.getBean(Sql.class);
    private static final MoneyRepository MONEY = PORTAL.getBean(MoneyRepository.class);
    private static final MoneyPages PAGES = PORTAL.getBean(MoneyPages.class);
    private static final TransactionOperations<Connection> TRANSACTIONS = transactions();

    private static final List<Long> BUDGETS = numbers("select id from budgets where year = " + YEAR + " order by id");
    private static final List<Long> IDEAS = numbers("select number from ideas order by number");
    private static final long APPROPRIATED = numbers(
                    "select sum(amount_cents) from ledger_entries e join budgets b on b.id = e.budget_id"
                            + " where from_account = 'appropriation' and year = " + YEAR)
            .getFirst();

    @AfterContainer
    static void stop() {
        PORTAL.close();
    }

    @Property(tries = 12)
    void after_hundreds_of_deeds_by_many_at_once_every_cent_is_where_the_pages_say(@ForAll("deeds") List<Deed> deeds)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var done = new ArrayList<Future<Boolean>>();
            deeds.forEach(deed -> done.add(threads.submit(() -> perform(deed))));
            for (var one : done) {
                one.get();
            }
        }
        noAccountIsBelowZeroAndTheSumsAreTheAppropriations();
        thePagesSayWhatTheLedgerSays();
        placesAddUpToTheWhole();
    }

    private static void noAccountIsBelowZeroAndTheSumsAreTheAppropriations() {
        assertThat(numbers(
                        "select count(*) from budget_accounts where balance_cents < 0 and account <> 'appropriation'"))
                .containsExactly(0L);
        assertThat(numbers("select -sum(balance_cents) from budget_accounts a join budgets b on b.id = a.budget_id"
                        + " where account = 'appropriation' and year = " + YEAR))
                .containsExactly(APPROPRIATED);
        assertThat(numbers("select distinct sum(balance_cents) from budget_accounts group by budget_id"))
                .containsExactly(0L);
    }

    private static void thePagesSayWhatTheLedgerSays() {
        var page = page("");
        assertThat(page.accounts().appropriated()).isEqualTo(APPROPRIATED);
        for (var account : Account.STATIONS) {
            assertThat(page.accounts().on(account))
                    .as(account.key())
                    .isEqualTo(numbers("select sum(balance_cents) from budget_accounts a join budgets b on b.id ="
                                    + " a.budget_id where year = " + YEAR + " and account = '" + account.key() + "'")
                            .getFirst());
        }
        assertThat(page.stations().stream().mapToLong(MoneyPage.Station::cents).sum())
                .isEqualTo(APPROPRIATED);
        assertThat(page.bodies().stream()
                        .mapToLong(row -> row.accounts().appropriated())
                        .sum())
                .isEqualTo(APPROPRIATED);
        assertThat(page.bodies())
                .hasSize(BUDGETS.size())
                .allSatisfy(row -> assertThat(row.accounts())
                        .isEqualTo(PORTAL.getBean(Budgets.class)
                                .of(row.purse().body(), YEAR)
                                .orElseThrow()
                                .accounts()));
        assertThat(page.paging().total())
                .isEqualTo(numbers("select count(*) from ledger_entries e join budgets b on b.id = e.budget_id"
                                + " where year = " + YEAR)
                        .getFirst());
    }

    private static void placesAddUpToTheWhole() {
        var page = page("");
        long placed = page.places().stream()
                .mapToLong(row -> row.accounts().decided())
                .sum();
        assertThat(placed + page.elsewhere().decided() + page.accounts().available())
                .isEqualTo(APPROPRIATED);
        assertThat(placed + page.elsewhere().decided())
                .isEqualTo(page.accounts().decided());
        long ofDistricts = page.choices().places().stream()
                .mapToLong(group -> page(group.whole().key()).accounts().decided())
                .sum();
        assertThat(ofDistricts).isEqualTo(placed);
        for (var place : List.of("20", "62", "none")) {
            var one = page(place);
            assertThat(one.accounts())
                    .isEqualTo(MONEY.year(YEAR).in(List.of(place)).decided());
            assertThat(PAGES.movements(one.filter()).orElseThrow())
                    .hasSize((int) one.paging().total());
        }
    }

    @Provide
    static Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.of(BUDGETS.subList(0, 6)),
                        Arbitraries.longs().between(1, 700_000),
                        Arbitraries.integers().between(-4, IDEAS.size() - 1))
                .as(Deed::new)
                .list()
                .ofMinSize(250)
                .ofMaxSize(350);
    }

    /** False where the ledger refuses. */
    private static boolean perform(Deed deed) {
        var amount = new Money(deed.cents());
        var budget = deed.budget();
        var reference = deed.idea() < 0 ? "fund:test" : "idea:" + IDEAS.get(deed.idea());
        return TRANSACTIONS
                .executeWrite(status -> switch (deed.kind()) {
                    case RESERVE -> LEDGER.reserve(budget, amount, "Probe", reference, 0);
                    case RELEASE -> LEDGER.release(budget, amount, "Probe", reference, 0);
                    case GRANT -> LEDGER.grant(budget, amount, "Probe", reference, 0);
                    case PAY -> LEDGER.pay(budget, amount, "Probe", reference, 0);
                    case GIVE_BACK -> LEDGER.giveBack(budget, amount, "Probe", reference, 0);
                })
                .isEmpty();
    }

    private static MoneyPage page(String place) {
        return PAGES.page(new MoneyFilter(YEAR, "", "", place, "person", 1)).orElseThrow();
    }

    private static List<Long> numbers(String sql) {
        return TRANSACTIONS.executeRead(status -> SQL.list(sql, row -> row.getLong(1)));
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> transactions() {
        return PORTAL.getBean(TransactionOperations.class);
    }

    enum Kind {
        RESERVE,
        RELEASE,
        GRANT,
        PAY,
        GIVE_BACK
    }

    /** @param idea its place in the list of ideas; below 0 for money that is for none */
    record Deed(Kind kind, long budget, long cents, int idea) {}
}
