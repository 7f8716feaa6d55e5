package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.PdfUa;
import motette.PortalTest;
import motette.budgets.Ledger;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Money;
import motette.shared.Refused;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** What becomes of a notice that does not stay as it was. */
@MicronautTest(transactional = false)
class GrantChangesTest extends PortalTest {

    private static final String REASON = "Das Dach wird erst im Frühjahr fertig.";

    @Inject
    SomeGrants some;

    @Inject
    PlayedGrants played;

    @Inject
    GrantRepository grants;

    @Inject
    ChangeRepository changes;

    @Inject
    Ledger ledger;

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Clock clock;

    @Test
    void who_gets_the_money_asks_for_less_and_another_person_grants_it() throws Exception {
        long id = some.ownProject(Town.resident(3), 90_000);
        var applicant = played.person(Town.resident(3));
        played.issueAndWaive(id, applicant);
        long available = available(id);
        var ask = Map.of(
                "request",
                PlayedGrants.uuid(),
                "change-amount",
                "600",
                "change-purpose",
                "Nur noch zwei Bänke",
                "change-reason",
                REASON);
        assertThat(played.act(applicant, id, "change", ask).isEmpty()).isTrue();
        assertThat(played.act(applicant, id, "change", ask).isEmpty()).isTrue();
        assertThat(played.file(id).state(today())).isEqualTo("change");
        var more = new HashMap<>(ask);
        more.put("request", PlayedGrants.uuid());
        assertThatThrownBy(() -> played.act(applicant, id, "change", more)).isInstanceOf(Refused.class);
        var decide =
                new HashMap<>(Map.of("change", String.valueOf(played.file(id).changeId()), "outcome", "granted"));
        assertThatThrownBy(() -> played.act(applicant, id, "decision", decide)).isInstanceOf(Denied.class);
        assertThat(played.act(played.officer(), id, "decision", decide).isEmpty())
                .isTrue();
        assertThat(played.act(played.officer(), id, "decision", decide).isEmpty())
                .isTrue();
        var file = played.file(id);
        assertThat(file.current()).isEqualTo(60_000);
        assertThat(file.granted()).isEqualTo(60_000);
        assertThat(file.returned()).isEqualTo(30_000);
        assertThat(available(id)).isEqualTo(available + 30_000);
        var pdf = changes.pdf(id, 2).orElseThrow();
        PdfUa.keeps(pdf);
        assertThat(text(pdf))
                .contains("Änderungsbescheid", "Nur noch zwei Bänke", "600 €", "900 €", "Widerspruch")
                .doesNotContain("{");
        assertThat(grants.pdf(id).orElseThrow()).isNotEqualTo(pdf);
        assertThat(played.act(applicant, id, "request", Map.of("request", PlayedGrants.uuid(), "amount", "600,01"))
                        .has("amount"))
                .isTrue();
        played.pay(id, applicant, "600");
        assertThat(played.file(id).paid()).isEqualTo(60_000);
    }

    @Test
    void a_declined_change_leaves_the_notice_as_it_is_and_says_why() {
        long id = some.ownProject(Town.resident(4), 50_000);
        var applicant = played.person(Town.resident(4));
        played.issueAndWaive(id, applicant);
        assertThat(played.act(applicant, id, "change", Map.of("request", PlayedGrants.uuid(), "change-reason", REASON))
                        .has("change-purpose"))
                .isTrue();
        assertThat(played.act(
                                applicant,
                                id,
                                "change",
                                Map.of(
                                        "request",
                                        PlayedGrants.uuid(),
                                        "change-to",
                                        (today().getYear() + 1) + "-02-01",
                                        "change-amount",
                                        "500",
                                        "change-reason",
                                        "kurz"))
                        .list())
                .extracting(Map.Entry::getKey)
                .containsExactly("change-to", "change-amount", "change-reason");
        played.act(
                applicant,
                id,
                "change",
                Map.of("request", PlayedGrants.uuid(), "change-purpose", "Ein Brunnen", "change-reason", REASON));
        var no = new HashMap<>(Map.of("change", String.valueOf(played.file(id).changeId()), "outcome", "declined"));
        assertThat(played.act(played.officer(), id, "decision", no).has("decision-reason"))
                .isTrue();
        no.put("decision-reason", "Ein Brunnen ist ein anderes Projekt.");
        played.act(played.officer(), id, "decision", no);
        assertThat(played.file(id).noticeVersion()).isEqualTo(1);
        assertThat(browser()
                        .signIn(Town.resident(4))
                        .page("/grants/" + id + "/file")
                        .text())
                .contains("Die Änderung wurde abgelehnt", "Ein Brunnen ist ein anderes Projekt.");
    }

    @Test
    void the_office_revokes_below_what_was_paid_and_asks_the_rest_back() throws Exception {
        long id = some.ownProject(Town.resident(5), 100_000);
        var applicant = played.person(Town.resident(5));
        played.issueAndWaive(id, applicant);
        played.pay(id, applicant, "700");
        var revoke = Map.of("version", "1", "revoke-amount", "400", "revoke-reason", "Die Bänke wurden nicht gebaut.");
        assertThatThrownBy(() -> played.act(applicant, id, "revocation", revoke))
                .isInstanceOf(Denied.class);
        played.act(played.officer(), id, "revocation", revoke);
        assertThatThrownBy(() -> played.act(played.officer(), id, "revocation", revoke))
                .isInstanceOf(Refused.class);
        var file = played.file(id);
        assertThat(file.granted()).isZero();
        assertThat(file.paid()).isEqualTo(70_000);
        assertThat(file.repaymentCents()).isEqualTo(30_000);
        assertThat(text(changes.pdf(id, 2).orElseThrow()))
                .contains("Widerrufsbescheid", "400 €", "300 €", "Die Bänke wurden nicht gebaut.");
        played.act(
                played.officer(),
                id,
                "receipt",
                Map.of("repayment", String.valueOf(file.repaymentId()), "received", today().toString()));
        assertThat(played.file(id).paid()).isEqualTo(40_000);
        assertThat(played.file(id).ended()).isFalse();
        var served = Map.of("version", "2", "channel", "post", "change-sent", today().toString());
        played.act(played.officer(), id, "change-service", served);
        played.act(played.officer(), id, "change-service", served);
        assertThat(changes.of(id).getFirst().servedOn()).isEqualTo(today().plusDays(4));
    }

    @Test
    void a_grant_that_is_revoked_whole_before_a_payout_is_over() {
        long id = some.ownProject(Town.resident(6), 40_000);
        played.issueAndWaive(id, played.person(Town.resident(6)));
        played.act(
                played.officer(),
                id,
                "revocation",
                Map.of("version", "1", "revoke-amount", "0", "revoke-reason", "Das Projekt findet nicht statt."));
        assertThat(played.file(id).ended()).isTrue();
        assertThat(played.file(id).returned()).isEqualTo(40_000);
        assertThat(browser().page("/grants/" + id).text()).contains("Der Bescheid ist widerrufen");
    }

    /** As the body's office does it: the ledger frees the money of the resolution, then the objection ends. */
    @Test
    void an_annulled_resolution_takes_its_notice_with_it_and_no_money_of_others() throws Exception {
        long other = some.ownProject(Town.resident(7), 77_000);
        long id = some.ownProject(Town.resident(8), 80_000);
        var applicant = played.person(Town.resident(8));
        played.issueAndWaive(id, applicant);
        played.pay(id, applicant, "300");
        played.act(applicant, id, "request", Map.of("request", PlayedGrants.uuid(), "amount", "100"));
        long reserved = account(id, "reserved");
        long available = available(id);
        some.object(id);
        annul(id);
        var file = played.file(id);
        assertThat(file.fallen()).isTrue();
        assertThat(file.granted()).isZero();
        assertThat(file.repaymentCents()).isEqualTo(30_000);
        assertThat(account(id, "reserved")).isEqualTo(reserved);
        assertThat(available(id)).isEqualTo(available + 50_000);
        assertThat(played.file(other).reserved()).isEqualTo(77_000);
        var release = Map.of("payout", String.valueOf(file.payoutId()));
        assertThatThrownBy(() -> played.act(played.officer(), id, "release", release))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> some.change(
                        "insert into payout_releases values (?, 1, ?, now())",
                        file.payoutId(),
                        some.person(Town.officer())))
                .hasStackTraceContaining("fell");
        assertThat(text(changes.pdf(id, 2).orElseThrow())).contains("Rücknahmebescheid", "300 €", "Widerspruch");
        var officer = browser().signIn(Town.officer());
        assertThat(officer.page("/grants/" + id + "/file").text()).contains("Rücknahmebescheid", "Eingegangen am");
        played.act(
                played.officer(),
                id,
                "receipt",
                Map.of("repayment", String.valueOf(file.repaymentId()), "received", today().toString()));
        assertThat(played.file(id).ended()).isTrue();
        assertThat(played.file(id).returned()).isEqualTo(80_000);
    }

    @Test
    void an_annulled_order_frees_what_is_not_spent() {
        long id = some.proposal(60_000);
        played.act(played.officer(), id, "order", Map.of("office", "Amt für Stadtgrün"));
        some.object(id);
        annul(id);
        assertThat(played.file(id).returned()).isEqualTo(60_000);
    }

    @Test
    void a_resolution_that_has_no_notice_yet_frees_its_own_reserve() {
        long id = some.ownProject(Town.resident(9), 31_000);
        long reserved = account(id, "reserved");
        some.object(id);
        annul(id);
        assertThat(account(id, "reserved")).isEqualTo(reserved - 31_000);
    }

    @Test
    void the_database_itself_takes_no_change_that_money_or_eyes_forbid() {
        long id = some.ownProject(Town.resident(10), 50_000);
        var applicant = played.person(Town.resident(10));
        played.issueAndWaive(id, applicant);
        played.act(
                applicant,
                id,
                "change",
                Map.of("request", PlayedGrants.uuid(), "change-amount", "300", "change-reason", REASON));
        assertThatThrownBy(() -> some.change(
                        "insert into grant_change_answers values (?, 'granted', '', ?, now())",
                        played.file(id).changeId(),
                        applicant.personId()))
                .hasStackTraceContaining("may not decide");
        assertThatThrownBy(() -> some.change("""
            insert into grant_changes (resolution_id, version, cause, purpose, amount_cents, project_to, proof_due, simple_proof, reason,
                                       content, pdf, issued_by, issued_at)
            select resolution_id, 2, 'office', '', 1, project_to, proof_due, true, '', content, pdf, issued_by, now()
              from grant_notices where resolution_id = ?\
            """, id)).hasStackTraceContaining("does not follow" + " its change");
        assertThatThrownBy(() ->
                        some.change("insert into grant_falls values (?, ?, now())", id, some.person(Town.officer())))
                .hasStackTraceContaining("was not annulled");
    }

    @Test
    void whatever_many_do_at_once_a_change_is_decided_once() throws Exception {
        long id = some.ownProject(Town.resident(11), 50_000);
        var applicant = played.person(Town.resident(11));
        played.issueAndWaive(id, applicant);
        played.act(
                applicant,
                id,
                "change",
                Map.of("request", PlayedGrants.uuid(), "change-amount", "300", "change-reason", REASON));
        var change = String.valueOf(played.file(id).changeId());
        var officers = List.of(played.officer(), played.person("office-2"));
        var deeds = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 40; i++) {
            Visitor who = officers.get(i % 2);
            boolean grants = i % 3 > 0;
            deeds.add(() -> {
                try {
                    played.act(
                            who,
                            id,
                            grants ? "decision" : "revocation",
                            Map.of(
                                    "change",
                                    change,
                                    "outcome",
                                    "granted",
                                    "version",
                                    "1",
                                    "revoke-amount",
                                    "400",
                                    "revoke-reason",
                                    "Es wird weniger gebaut."));
                    return true;
                } catch (Refused no) {
                    return false;
                }
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(deeds)) {
                answer.get();
            }
        }
        var file = played.file(id);
        assertThat(file.noticeVersion()).isIn(2, 3);
        assertThat(file.granted()).isEqualTo(file.current());
        assertThat(file.returned()).isEqualTo(50_000 - file.current());
        assertThat(some.number("select count(*) from grant_change_answers where change_id = ?", Long.parseLong(change)))
                .isEqualTo(1);
    }

    private void annul(long id) {
        var file = played.file(id);
        transactions.executeWrite(status -> {
            ledger.release(
                            file.budgetId(),
                            new Money(file.amountCents()),
                            "Der Beschluss war nicht rechtmäßig.",
                            file.reference(),
                            some.person(Town.officer()))
                    .ifPresent(refusal -> {
                        throw new IllegalStateException(refusal.toString());
                    });
            some.change(
                    "insert into resolution_objection_ends values (?, 'annulled', 'Der Beschluss war nicht"
                            + " rechtmäßig.', now(), ?)",
                    id,
                    some.person(Town.officer()));
            return id;
        });
    }

    private long available(long id) {
        return account(id, "available");
    }

    private long account(long id, String account) {
        return some.number(
                "select balance_cents from budget_accounts where budget_id = ? and account = ?",
                played.file(id).budgetId(),
                account);
    }

    private static String text(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("[\\s\u00a0]+", " ");
        }
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
