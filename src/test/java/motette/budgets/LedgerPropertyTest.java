package motette.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import motette.PortalTest;
import motette.shared.Money;
import motette.shared.Refusal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is done to a budget, in whatever order and at whatever time: no account below zero, all of them sum to zero. */
class LedgerPropertyTest {

    private static final long WHOLE = 10_000;
    private static int bodies;

    private static final ApplicationContext PORTAL =
            ApplicationContext.run(new HashMap<String, Object>(new PortalTest() {}.getProperties()), "test");
    private static final Ledger LEDGER = PORTAL.getBean(Ledger.class);
    private static final JdbcOperations JDBC = PORTAL.getBean(JdbcOperations.class);
    private static final TransactionOperations<Connection> TRANSACTIONS = transactions();

    @AfterContainer
    static void stop() {
        PORTAL.close();
    }

    @Property(tries = 60)
    void one_deed_after_another_does_what_plain_sums_say(@ForAll("deeds") List<Deed> deeds) {
        long budget = budget();
        var expected = new EnumMap<Account, Long>(Account.class);
        for (var account : Account.values()) {
            expected.put(account, 0L);
        }
        expected.put(Account.APPROPRIATION, -WHOLE);
        expected.put(Account.AVAILABLE, WHOLE);
        for (var deed : deeds) {
            var refusal = perform(budget, deed);
            if (deed.cents() > expected.getOrDefault(deed.kind().from, 0L)) {
                assertThat(refusal).as("%s of %s", deed, expected).isPresent();
            } else {
                assertThat(refusal).as("%s of %s", deed, expected).isEmpty();
                expected.merge(deed.kind().from, -deed.cents(), Long::sum);
                expected.merge(deed.kind().to, deed.cents(), Long::sum);
            }
            assertThat(balances(budget)).isEqualTo(expected);
        }
    }

    @Property(tries = 15)
    void deeds_at_the_same_time_never_overdraw_and_never_lose_a_cent(
            @ForAll("deeds") List<Deed> first, @ForAll("deeds") List<Deed> second, @ForAll("deeds") List<Deed> third)
            throws InterruptedException, ExecutionException {
        long budget = budget();
        int done = 0;
        try (var threads = Executors.newFixedThreadPool(6)) {
            var answers = new ArrayList<Future<Optional<Refusal>>>();
            for (var deeds : List.of(first, second, third)) {
                deeds.forEach(deed -> answers.add(threads.submit(() -> perform(budget, deed))));
            }
            for (var answer : answers) {
                done += answer.get().isEmpty() ? 1 : 0;
            }
        }
        var balances = balances(budget);
        assertThat(balances.values().stream().mapToLong(Long::longValue).sum()).isZero();
        assertThat(balances.get(Account.APPROPRIATION)).isEqualTo(-WHOLE);
        balances.forEach((account, cents) -> assertThat(account == Account.APPROPRIATION || cents >= 0)
                .as("%s", balances)
                .isTrue());
        assertThat(balances).isEqualTo(sums(budget));
        assertThat(number("select count(*) from ledger_entries where budget_id = " + budget))
                .isEqualTo(done + 1);
    }

    @Provide
    static Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class), Arbitraries.longs().between(1, WHOLE / 2))
                .as(Deed::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(20);
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> transactions() {
        return PORTAL.getBean(TransactionOperations.class);
    }

    private static Optional<Refusal> perform(long budget, Deed deed) {
        var amount = new Money(deed.cents());
        return TRANSACTIONS.executeWrite(status -> switch (deed.kind()) {
            case RESERVE -> LEDGER.reserve(budget, amount, "test", "idea:1", 0);
            case RELEASE -> LEDGER.release(budget, amount, "test", "idea:1", 0);
            case GRANT -> LEDGER.grant(budget, amount, "test", "idea:1", 0);
            case PAY -> LEDGER.pay(budget, amount, "test", "idea:1", 0);
            case TAKE_BACK -> LEDGER.takeBack(budget, amount, "test", "idea:1", 0);
            case GIVE_BACK -> LEDGER.giveBack(budget, amount, "test", "idea:1", 0);
        });
    }

    private static long budget() {
        return TRANSACTIONS.executeWrite(status -> {
            long id = number("insert into budgets (fund_key, body_key, year) select f.key, b.key, 2100 + "
                    + bodies++ % 90
                    + " from funds f, bodies b where f.key = 'stadtbezirksbudget' order by b.key offset " + bodies / 90
                    + " limit 1 returning id");
            LEDGER.appropriate(id, new Money(WHOLE), "test", "fund:test");
            return id;
        });
    }

    private static Map<Account, Long> balances(long budget) {
        return accounts("select account, balance_cents from budget_accounts where budget_id = " + budget);
    }

    private static Map<Account, Long> sums(long budget) {
        return accounts("select a.account, coalesce(sum(case a.account when e.to_account then e.amount_cents else"
                + " -e.amount_cents end), 0) from budget_accounts a left join ledger_entries e on e.budget_id ="
                + " a.budget_id and a.account in (e.from_account, e.to_account)"
                + " where a.budget_id = " + budget + " group by a.account");
    }

    private static Map<Account, Long> accounts(String sql) {
        return TRANSACTIONS.executeRead(status -> JDBC.prepareStatement(sql, statement -> {
            var found = new EnumMap<Account, Long>(Account.class);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(Account.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)), rows.getLong(2));
                }
            }
            return found;
        }));
    }

    private static long number(String sql) {
        return TRANSACTIONS.executeWrite(status -> JDBC.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }

    enum Kind {
        RESERVE(Account.AVAILABLE, Account.RESERVED),
        RELEASE(Account.RESERVED, Account.AVAILABLE),
        GRANT(Account.RESERVED, Account.GRANTED),
        PAY(Account.GRANTED, Account.PAID),
        TAKE_BACK(Account.GRANTED, Account.AVAILABLE),
        GIVE_BACK(Account.PAID, Account.AVAILABLE);

        private final Account from;
        private final Account to;

        Kind(Account from, Account to) {
            this.from = from;
            this.to = to;
        }
    }

    record Deed(Kind kind, long cents) {}
}
