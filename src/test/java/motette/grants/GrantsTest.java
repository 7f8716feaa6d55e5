package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import motette.Browser;
import motette.PdfUa;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class GrantsTest extends PortalTest {

    private static final String IBAN = PlayedGrants.IBAN;
    private static final String REPORT = "Wir haben an drei Samstagen zusammen gebaut.";

    @Inject
    SomeGrants some;

    @Inject
    PlayedGrants played;

    @Inject
    GrantDeeds deeds;

    @Inject
    YearEnd yearEnd;

    @Inject
    GrantRepository grants;

    @Inject
    GrantReminders reminders;

    @Inject
    TestClock clock;

    @Inject
    Queries queries;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @AfterEach
    void the_real_time_again() {
        clock.reset();
    }

    @Test
    void a_small_grant_goes_its_whole_way_and_the_rest_returns_to_the_budget() throws Exception {
        long id = some.ownProject(Town.resident(3), 80_000);
        var officer = browser().signIn(Town.officer());
        var applicant = browser().signIn(Town.resident(3));
        assertThat(post(officer, id, "notice", project())).isEqualTo(303);
        assertThat(post(officer, id, "notice", project())).isEqualTo(303);
        assertThat(file(id).granted()).isEqualTo(80_000);
        var pdf = officer.sendForBytes(HttpRequest.newBuilder(officer.home().resolve("/grants/" + id + "/notice.pdf"))
                        .build())
                .body();
        PdfUa.keeps(pdf);
        assertThat(post(officer, id, "service", Map.of("channel", "post", "sent", today().toString())))
                .isEqualTo(303);
        assertThat(file(id).servedOn()).isEqualTo(today().plusDays(4));
        assertThat(post(applicant, id, "waiver", Map.of())).isEqualTo(303);
        assertThat(post(applicant, id, "account", Map.of("holder", "Demo-Verein", "iban", "DE00 1234")))
                .isEqualTo(422);
        assertThat(post(applicant, id, "account", Map.of("holder", "Demo-Verein", "iban", IBAN)))
                .isEqualTo(303);
        var ask = Map.of("request", UUID.randomUUID().toString(), "amount", "800");
        assertThat(post(applicant, id, "request", ask)).isEqualTo(303);
        assertThat(post(applicant, id, "request", ask)).isEqualTo(303);
        var release = Map.of("payout", String.valueOf(file(id).payoutId()));
        assertThat(post(applicant, id, "release", release)).isEqualTo(403);
        assertThat(post(officer, id, "release", release)).isEqualTo(303);
        assertThat(officer.page("/grants/" + id + "/file?said=released").text())
                .contains("Ihre Freigabe ist vermerkt", "Es fehlt noch eine zweite Person");
        assertThat(officer.page("/grants/" + id + "/file").select("form[action$=/release] button"))
                .as("nobody is offered what they cannot do")
                .isEmpty();
        assertThat(post(officer, id, "release", release)).isEqualTo(403);
        assertThat(file(id).paid()).isZero();
        assertThat(post(browser().signIn(Town.administrator()), id, "release", release))
                .isEqualTo(303);
        assertThat(file(id).paid()).isEqualTo(80_000);
        assertThat(post(
                        applicant,
                        id,
                        "proof",
                        Map.of("after", "0", "kind", "final", "spent", "700", "report", REPORT)))
                .isEqualTo(303);
        assertThat(post(officer, id, "answer", Map.of("version", "1", "outcome", "returned", "note", "Kurz")))
                .isEqualTo(422);
        assertThat(post(officer, id, "answer", Map.of("version", "1", "outcome", "accepted")))
                .isEqualTo(303);
        assertThat(file(id).repaymentCents()).isEqualTo(10_000);
        assertThat(post(
                        officer,
                        id,
                        "receipt",
                        Map.of("repayment", String.valueOf(file(id).repaymentId()), "received", today().toString())))
                .isEqualTo(303);
        assertThat(file(id).ended()).isTrue();
        assertThat(file(id).paid()).isEqualTo(70_000);
        assertThat(file(id).returned()).isEqualTo(10_000);
        assertThat(post(
                        officer,
                        id,
                        "repayment",
                        Map.of("request", UUID.randomUUID().toString())))
                .isEqualTo(409);
        var open = browser().page("/grants/" + id);
        assertThat(open.text()).contains("Abgeschlossen", "700 €").doesNotContain("Demo-Verein", "DE89");
        assertThat(officer.get("/grants/books.csv").body())
                .contains("paid;available;100,00;application:")
                .doesNotContain("Demo-Verein", "DE89");
    }

    @Test
    void a_payout_that_waits_is_taken_back_or_refused_and_then_asked_for_anew() {
        long id = some.ownProject(Town.resident(17), 80_000);
        issueAndWaive(id, person(Town.resident(17)));
        var officer = browser().signIn(Town.officer());
        var applicant = browser().signIn(Town.resident(17));
        var administrator = browser().signIn(Town.administrator());
        assertThat(ask(applicant, id, "80")).isEqualTo(303);
        var first = payout(id);
        assertThat(post(officer, id, "no-payout", ending("withdrawn", first, "")))
                .isEqualTo(403);
        assertThat(post(applicant, id, "no-payout", ending("refused", first, REPORT)))
                .isEqualTo(403);
        assertThat(post(applicant, id, "no-payout", ending("withdrawn", first, "")))
                .isEqualTo(303);
        assertThat(post(applicant, id, "no-payout", ending("withdrawn", first, "")))
                .isEqualTo(303);
        assertThat(file(id).payoutId()).isZero();
        assertThat(applicant.page("/grants/" + id + "/file").select("form[action$=/account], form[action$=/request]"))
                .as("whoever took it back can mend the account and ask anew")
                .hasSize(2);

        assertThat(ask(applicant, id, "800")).isEqualTo(303);
        var second = payout(id);
        assertThat(post(administrator, id, "release", Map.of("payout", second))).isEqualTo(303);
        assertThat(post(officer, id, "no-payout", ending("refused", second, "Kurz")))
                .isEqualTo(422);
        var why = "Der Kontoinhaber ist nicht der Verein.";
        assertThat(post(officer, id, "no-payout", ending("refused", second, why)))
                .isEqualTo(303);
        assertThat(post(officer, id, "release", Map.of("payout", second))).isEqualTo(303);
        assertThat(file(id).paid()).isZero();
        assertThat(applicant.page("/grants/" + id + "/file").text())
                .contains("Die Auszahlung wurde nicht freigegeben", why);
        assertThatThrownBy(() -> some.change(
                        "insert into payout_releases values (?, 2, ?, now())",
                        Long.parseLong(second),
                        person(Town.officer()).personId()))
                .hasMessageContaining("has ended");

        assertThat(ask(applicant, id, "800")).isEqualTo(303);
        var third = payout(id);
        assertThat(applicant.page("/grants/" + id + "/file").text()).doesNotContain(why);
        for (var one : List.of(officer, administrator)) {
            assertThat(post(one, id, "release", Map.of("payout", third))).isEqualTo(303);
        }
        assertThat(file(id).paid()).isEqualTo(80_000);
        assertThatThrownBy(() -> some.change(
                        "insert into payout_endings values (?, 'withdrawn', '', ?, now())",
                        Long.parseLong(third),
                        person(Town.resident(17)).personId()))
                .hasMessageContaining("is paid");
    }

    private int ask(Browser applicant, long id, String euros) {
        return post(
                applicant, id, "request", Map.of("request", UUID.randomUUID().toString(), "amount", euros));
    }

    private String payout(long id) {
        return String.valueOf(file(id).payoutId());
    }

    private static Map<String, String> ending(String outcome, String payout, String reason) {
        return Map.of("outcome", outcome, "payout", payout, "payout-reason", reason);
    }

    @Test
    void a_larger_grant_is_paid_in_parts_and_proven_line_by_line() {
        long id = some.ownProject(Town.resident(4), 300_000);
        var applicant = person(Town.resident(4));
        issueAndWaive(id, applicant);
        assertThat(act(applicant, id, "request", Map.of("request", uuid(), "amount", "2.400,01")))
                .matches(problems -> problems.has("amount"));
        pay(id, applicant, "2.400");
        var proof = new HashMap<>(Map.of(
                "after",
                "0",
                "kind",
                "interim",
                "spent",
                "2400",
                "report",
                REPORT,
                "receipt-1-day",
                today().toString(),
                "receipt-1-trade",
                "Baumarkt",
                "receipt-1-purpose",
                "Holz",
                "receipt-1-amount",
                "1.999,99"));
        assertThat(act(applicant, id, "proof", proof).has("actual-1")).isTrue();
        proof.put("actual-1", "2.000");
        proof.put("actual-2", "0");
        assertThat(act(applicant, id, "proof", proof).has("sums")).isTrue();
        proof.put("actual-1", "2.400");
        assertThat(act(applicant, id, "proof", proof).isEmpty()).isTrue();
        act(officer(), id, "answer", Map.of("version", "1", "outcome", "accepted"));
        pay(id, applicant, "500");
        proof.putAll(Map.of("after", "1", "kind", "final", "spent", "2950", "actual-1", "2950"));
        act(applicant, id, "proof", proof);
        act(officer(), id, "answer", Map.of("version", "2", "outcome", "accepted"));
        assertThat(file(id).granted()).isEqualTo(5_000);
        assertThat(file(id).returned()).isEqualTo(5_000);
        pay(id, applicant, "50");
        assertThat(file(id).ended()).isTrue();
    }

    @Test
    void an_order_goes_on_step_by_step_and_frees_what_it_did_not_need() {
        long id = some.proposal(120_000);
        var officer = officer();
        act(officer, id, "order", Map.of("office", "Amt für Stadtgrün"));
        var spending = Map.of("request", uuid(), "amount", "900", "spending-purpose", "Drei Bänke");
        act(officer, id, "spending", spending);
        act(officer, id, "spending", spending);
        assertThat(file(id).paid()).isZero();
        var released = Map.of("spending", String.valueOf(file(id).spendingId()), "outcome", "released");
        assertThatThrownBy(() -> act(officer, id, "spent", released)).isInstanceOf(Denied.class);
        assertThatThrownBy(() -> act(officer, id, "progress", Map.of("step", "done")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> some.change(
                        "insert into spending_answers values (?, 'released', ?, now())",
                        file(id).spendingId(),
                        officer.personId()))
                .hasStackTraceContaining("may not release");
        act(person(Town.administrator()), id, "spent", released);
        act(person(Town.administrator()), id, "spent", released);
        act(officer, id, "spending", Map.of("request", uuid(), "amount", "1", "spending-purpose", "Vertippt"));
        act(officer, id, "spent", Map.of("spending", String.valueOf(file(id).spendingId()), "outcome", "refused"));
        assertThat(file(id).paid()).isEqualTo(90_000);
        act(officer, id, "progress", Map.of("step", "done", "note", "Die Bänke stehen."));
        assertThat(file(id).ended()).isTrue();
        assertThat(file(id).paid()).isEqualTo(90_000);
        assertThat(file(id).returned()).isEqualTo(30_000);
        assertThat(browser().page("/grants/" + id).text()).contains("Amt für Stadtgrün", "Die Bänke stehen.");
    }

    @Test
    void nothing_goes_on_while_the_mayor_objects() {
        long id = some.ownProject(Town.resident(5), 50_000);
        some.object(id);
        assertThatThrownBy(() -> act(officer(), id, "notice", project())).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> some.change(
                        "insert into grants values (?, 'notice', 50000, ?, now())", id, some.person(Town.officer())))
                .hasStackTraceContaining("rests");
    }

    @Test
    void the_database_itself_knows_four_eyes_and_the_last_day_to_object() {
        long id = some.ownProject(Town.resident(6), 50_000);
        var applicant = person(Town.resident(6));
        act(officer(), id, "notice", project());
        act(officer(), id, "service", Map.of("channel", "hand", "sent", today().toString()));
        act(applicant, id, "account", Map.of("holder", "Demo-Verein", "iban", IBAN));
        assertThatThrownBy(() -> act(applicant, id, "request", Map.of("request", uuid(), "amount", "500")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> some.change(
                        "insert into grant_payouts (request_id, resolution_id, amount_cents, asked_by, asked_at)"
                                + " values (?, ?, 1, ?, now())",
                        UUID.randomUUID(),
                        id,
                        applicant.personId()))
                .hasStackTraceContaining("pays nothing now");
        act(applicant, id, "waiver", Map.of());
        act(applicant, id, "request", Map.of("request", uuid(), "amount", "500"));
        long payout = file(id).payoutId();
        for (var person : List.of(Town.resident(6))) {
            assertThatThrownBy(() -> some.change(
                            "insert into payout_releases values (?, 1, ?, now())", payout, some.person(person)))
                    .hasStackTraceContaining("may not release");
        }
        act(officer(), id, "release", Map.of("payout", String.valueOf(payout)));
        assertThatThrownBy(() -> some.change(
                        "insert into payout_releases values (?, 2, ?, now())", payout, some.person(Town.officer())))
                .hasStackTraceContaining("four_eyes");
    }

    @Test
    void what_may_not_be_carried_over_falls_back_once() {
        long reserved = some.ownProject(Town.resident(7), 11_100);
        long granted = some.ownProject(Town.resident(8), 22_200);
        act(officer(), granted, "notice", project());
        int year = today().getYear();
        assertThat(yearEnd.lapsing(year)).isEmpty();
        clock.set(LocalDate.of(year + 1, 1, 2)
                .atTime(9, 0)
                .atZone(motette.shared.Time.ZONE)
                .toInstant());
        assertThat(yearEnd.lapsing(year)).extracting(GrantFile::id).contains(reserved, granted);
        assertThat(yearEnd.lapse(officer(), year)).isGreaterThanOrEqualTo(2);
        assertThat(yearEnd.lapse(officer(), year)).isZero();
        assertThat(file(reserved).returned()).isEqualTo(11_100);
        assertThat(file(granted).returned()).isEqualTo(22_200);
        assertThat(file(granted).ended()).isTrue();
        assertThatThrownBy(() ->
                        act(officer(), reserved, "notice", Map.of("from", year + "-11-01", "to", year + "-12-31")))
                .isInstanceOf(Refused.class);
    }

    @Test
    void who_owes_a_proof_hears_of_it_once_before_and_once_after() {
        long id = some.ownProject(Town.resident(13), 60_000);
        var applicant = person(Town.resident(13));
        some.change("update persons set email = 'demo-13@example.org' where id = ?", applicant.personId());
        issueAndWaive(id, applicant);
        pay(id, applicant, "600");
        reminders.remind();
        assertThat(mails()).isZero();
        var due = java.util.Objects.requireNonNull(file(id).proofDue());
        for (int days : List.of(-10, -9, 1, 30)) {
            clock.set(due.plusDays(days)
                    .atTime(9, 0)
                    .atZone(motette.shared.Time.ZONE)
                    .toInstant());
            reminders.remind();
            assertThat(mails()).isEqualTo(days < 0 ? 1 : 2);
        }
        clock.reset();
        var later = due.plusYears(1);
        some.change("""
            insert into grant_changes (resolution_id, version, cause, purpose, amount_cents, project_to, proof_due, simple_proof, reason,
                                       content, pdf, issued_by, issued_at)
            values (?, 2, 'office', '', 60000, ?, ?, true, 'Der Winter kam dazwischen.', '{}', 'PDF', ?, now())\
            """, id, later.minusDays(30), later, person(Town.officer()).personId());
        for (int days : List.of(-10, -9, 1, 30)) {
            clock.set(later.plusDays(days)
                    .atTime(9, 0)
                    .atZone(motette.shared.Time.ZONE)
                    .toInstant());
            reminders.remind();
            assertThat(mails())
                    .as("who gets more time is reminded of the new day")
                    .isEqualTo(days < 0 ? 3 : 4);
        }
    }

    private long mails() {
        return some.number("select count(*) from mails where recipient = 'demo-13@example.org'");
    }

    @Test
    void the_desk_asks_the_database_no_more_for_more_files() {
        var officer = browser().signIn(Town.officer());
        int before = queries.during(() -> officer.page("/grants/desk")).size();
        for (int i = 0; i < 5; i++) {
            some.ownProject(Town.resident(10), 1_000);
        }
        assertThat(queries.during(() -> officer.page("/grants/desk"))).hasSize(before);
    }

    @Test
    void a_stranger_finds_no_file_and_no_desk() {
        long id = some.ownProject(Town.resident(11), 10_000);
        var stranger = browser().signIn(Town.resident(12));
        assertThat(stranger.get("/grants/" + id + "/file").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/grants/" + id + "/notice.pdf").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/grants/desk").statusCode()).isEqualTo(403);
        assertThat(browser().get("/grants/" + id).statusCode()).isEqualTo(200);
        assertThat(browser().get("/grants/999999").statusCode()).isEqualTo(404);
        assertThat(Jsoup.parse(browser()
                                .signIn(Town.resident(11))
                                .get("/grants")
                                .body())
                        .text())
                .contains("Bänke am Rabet");
    }

    private int post(Browser browser, long id, String deed, Map<String, String> typed) {
        var form = new HashMap<>(typed);
        form.put("csrf", browser.token());
        return browser.post("/grants/" + id + "/" + deed, form).statusCode();
    }

    private void issueAndWaive(long id, Visitor applicant) {
        played.issueAndWaive(id, applicant);
    }

    private void pay(long id, Visitor applicant, String amount) {
        played.pay(id, applicant, amount);
    }

    private Problems act(Visitor who, long id, String deed, Map<String, String> form) {
        return played.act(who, id, deed, form);
    }

    private Map<String, String> project() {
        return played.project();
    }

    private GrantFile file(long id) {
        return played.file(id);
    }

    private Visitor officer() {
        return played.person(Town.officer());
    }

    private Visitor person(String key) {
        return played.person(key);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }
}
