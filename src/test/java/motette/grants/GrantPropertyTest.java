package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import motette.PortalTest;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.town.Town;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever people do to grants, in whatever order and at once: no cent is lost, none is paid twice or by one person alone. */
class GrantPropertyTest {

    private static final ApplicationContext PORTAL =
            ApplicationContext.run(new HashMap<String, Object>(new PortalTest() {}.getProperties()), "test");
    private static final SomeGrants SOME = PORTAL.getBean(SomeGrants.class);
    private static final PlayedGrants PLAYED = PORTAL.getBean(PlayedGrants.class);
    private static final GrantDeeds DEEDS = PORTAL.getBean(GrantDeeds.class);
    private static final Clock CLOCK = PORTAL.getBean(Clock.class);

    private static final String INVENTED =
            "select count(*) from budget_accounts where balance_cents < 0 and account <>" + " 'appropriation'";
    private static final String ASTRAY = """
        select count(*) from grant_balances b join resolutions r on r.id = b.resolution_id
         where least(b.reserved_cents, b.granted_cents, b.paid_cents) < 0
            or b.reserved_cents + b.granted_cents + b.paid_cents > r.amount_cents
            or b.paid_cents <> (select coalesce(sum(case m.kind when 'pay' then l.amount_cents when 'back' then -l.amount_cents else 0 end), 0)
                                  from grant_movements m join ledger_entries l on l.id = m.entry_id where m.resolution_id = b.resolution_id)\
        """;
    private static final String WITHOUT_GRANT = "select count(*) from ledger_entries l where (to_account = 'paid' or"
            + " from_account = 'granted') and not exists (select from grant_movements m where m.entry_id = l.id)";
    private static final String BY_ONE =
            "select count(*) from grant_movements m where m.payout_id is not null and (select"
                    + " count(distinct person_id) from payout_releases r where r.payout_id = m.payout_id) <> 2";
    private static final String SPENT_BY_ONE = "select count(*) from order_spendings s join spending_answers a on"
            + " a.spending_id = s.id where a.outcome = 'released' and a.person_id = s.entered_by";
    private static final String PAID_AFTER_ITS_END =
            "select count(*) from grant_movements m join payout_endings e on e.payout_id = m.payout_id";
    private static final String ABOVE_THE_NOTICE = """
        select count(*) from grant_changes c join grant_balances b on b.resolution_id = c.resolution_id
         where c.version = (select max(version) from grant_changes x where x.resolution_id = c.resolution_id)
           and b.granted_cents + b.paid_cents - (select coalesce(sum(p.amount_cents), 0) from grant_repayments p
                where p.resolution_id = c.resolution_id and not exists (select from grant_receipts x where x.repayment_id = p.id))
               > c.amount_cents\
        """;

    @AfterContainer
    static void stop() {
        PORTAL.close();
    }

    @Property(tries = 8)
    void many_deeds_at_once_lose_no_cent(@ForAll("deeds") List<Deed> deeds)
            throws InterruptedException, ExecutionException {
        var people = List.of(
                PLAYED.person(Town.resident(9)),
                PLAYED.officer(),
                PLAYED.person("office-2"),
                PLAYED.person(Town.administrator()));
        var files = List.of(SOME.ownProject(Town.resident(9), 10_000), SOME.proposal(12_000));
        long whole = SOME.number("select -sum(balance_cents) from budget_accounts where account = 'appropriation'");
        int done = 0;
        try (var threads = Executors.newFixedThreadPool(6)) {
            var answers = new ArrayList<Future<Boolean>>();
            for (var deed : deeds) {
                answers.add(threads.submit(() -> somehow(people.get(deed.who()), files.get(deed.file()), deed)));
            }
            for (var answer : answers) {
                done += answer.get() ? 1 : 0;
            }
        }
        assertThat(done).isPositive();
        assertThat(SOME.number("select sum(balance_cents) from budget_accounts"))
                .isZero();
        assertThat(SOME.number("select -sum(balance_cents) from budget_accounts where account = 'appropriation'"))
                .isEqualTo(whole);
        for (var wrong :
                List.of(INVENTED, ASTRAY, WITHOUT_GRANT, BY_ONE, SPENT_BY_ONE, PAID_AFTER_ITS_END, ABOVE_THE_NOTICE)) {
            assertThat(SOME.number(wrong)).as(wrong).isZero();
        }
    }

    /** The first steps stand at the beginning, so that most lists come far; the rest comes as it may. */
    @Provide
    static Arbitrary<List<Deed>> deeds() {
        var any = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(
                                "request",
                                "request",
                                "release",
                                "release",
                                "release",
                                "no-payout",
                                "proof",
                                "answer",
                                "repayment",
                                "receipt",
                                "progress",
                                "spending",
                                "spent",
                                "spent",
                                "change",
                                "decision",
                                "revocation",
                                "account",
                                "service",
                                "waiver"),
                        Arbitraries.integers().between(1, 90),
                        Arbitraries.of(true, false))
                .as(Deed::new)
                .list()
                .ofMinSize(60)
                .ofMaxSize(160);
        return any.map(rest -> {
            var deeds = new ArrayList<>(List.of(
                    new Deed(1, 0, "notice", 1, true),
                    new Deed(1, 0, "notice", 1, true),
                    new Deed(1, 1, "order", 1, true),
                    new Deed(2, 1, "order", 1, true),
                    new Deed(1, 0, "service", 1, true),
                    new Deed(0, 0, "waiver", 1, true),
                    new Deed(0, 0, "account", 1, true)));
            deeds.addAll(rest);
            return deeds;
        });
    }

    private static boolean somehow(Visitor who, long id, Deed deed) {
        var file = PLAYED.file(id);
        var today = LocalDate.now(CLOCK).toString();
        var euros = String.valueOf(deed.euros());
        var form = new HashMap<String, String>(PLAYED.project());
        for (var amount : List.of("amount", "spent", "repay-amount", "change-amount", "revoke-amount")) {
            form.put(amount, euros);
        }
        for (var words : List.of(
                "report",
                "note",
                "change-reason",
                "decision-reason",
                "revoke-reason",
                "repay-reason",
                "payout-reason")) {
            form.put(words, "Es wird weniger gebaut als gedacht.");
        }
        for (var day : List.of("sent", "received")) {
            form.put(day, today);
        }
        form.put("channel", "hand");
        form.put("holder", "Demo-Verein");
        form.put("iban", PlayedGrants.IBAN);
        form.put("request", PlayedGrants.uuid());
        form.put("payout", String.valueOf(file.payoutId()));
        form.put("spending", String.valueOf(file.spendingId()));
        form.put("repayment", String.valueOf(file.repaymentId()));
        form.put("change", String.valueOf(file.changeId()));
        form.put("after", String.valueOf(file.proofVersion()));
        form.put(
                "version",
                String.valueOf(deed.deed().equals("revocation") ? file.noticeVersion() : file.proofVersion()));
        form.put("kind", deed.yes() && deed.euros() > 70 ? "final" : "interim");
        form.put("office", "Amt für Stadtgrün");
        form.put("spending-purpose", "Drei Bänke");
        form.put("step", deed.yes() && deed.euros() > 80 ? "done" : "planned");
        form.put(
                "outcome",
                switch (deed.deed()) {
                    case "no-payout" -> deed.yes() ? "withdrawn" : "refused";
                    case "spent" -> deed.yes() ? "released" : "refused";
                    case "decision" -> deed.yes() ? "granted" : "declined";
                    default -> deed.yes() ? "accepted" : "returned";
                });
        try {
            return DEEDS.act(who, id, deed.deed(), form)
                    .filter(Problems::isEmpty)
                    .isPresent();
        } catch (Refused | Denied no) {
            return false;
        }
    }

    record Deed(int who, int file, String deed, int euros, boolean yes) {}
}
