package motette.accessibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.limits.FormGate;
import motette.shared.Time;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statement says what the city pack says, and whoever tells of a barrier is answered in time and once. */
@MicronautTest(transactional = false)
class BarrierReportsTest extends PortalTest {

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    @BeforeEach
    void nothing_was_reported() {
        town.change("delete from barrier_reports");
        town.change("delete from mails where topic like 'barrier-%'");
    }

    @AfterEach
    void real_time() {
        clock.reset();
    }

    @Test
    void the_statement_says_what_the_model_of_the_union_asks_for() {
        var page = browser().page("/accessibility?lang=de");
        assertThat(page.select("main").text())
                .contains(
                        "Barrierefreie-Websites-Gesetz",
                        "EN 301 549",
                        "teilweise vereinbar",
                        "Noch nicht barrierefrei",
                        "Vom Gesetz nicht verlangt",
                        "Erstellt am 23. November 2026",
                        "keine Prüfung durch unabhängige Fachleute",
                        "Durchsetzungsstelle des Freistaates Sachsen",
                        "dzb lesen");
        assertThat(page.select("a[href='mailto:Durchsetzungsstelle@sk.sachsen.de']"))
                .hasSize(1);
        assertThat(page.select("main h3").eachText()).doesNotContain("Unverhältnismäßig aufwendig");
    }

    @Test
    void a_report_reaches_the_administration_and_its_answer_the_person() {
        clock.set(LocalDate.of(2026, 12, 1)
                .atTime(LocalTime.NOON)
                .atZone(Time.ZONE)
                .toInstant());
        var guest = browser();
        var received = guest.follow(report(guest, "Karte", "Die Pins sind zu klein.", "karla@stadt.example"));
        // 1 January is a holiday: the answer is promised for the working day before it.
        assertThat(received.select("[role=status]").text()).contains("angekommen", "31. Dezember 2026");
        assertThat(mail("barrier-report-%", "karla@stadt.example"))
                .contains("31. Dezember 2026", "Die Pins sind zu klein.");

        var office = browser().signIn(Town.officer());
        var list = office.page("/accessibility/reports?lang=de");
        assertThat(list.select("article").text())
                .contains("Karte", "Die Pins sind zu klein.", "Antwort bis 31. Dezember 2026")
                .doesNotContain("karla");
        var action = list.select("article form").attr("action");
        var answered = office.follow(office.submit(list, action, Map.of("answer", "Sie sind jetzt größer.")));
        assertThat(answered.select("[role=status]").text()).contains("festgehalten");
        assertThat(answered.select("article").text()).contains("Beantwortet am 1. Dezember 2026");
        assertThat(mail("barrier-answer-%", "karla@stadt.example")).contains("Sie sind jetzt größer.");
        assertThat(town.ask("select string_agg(deed, ' ' order by id) from audit_entries where subject like"
                        + " 'barrier-report:%' and subject = 'barrier-report:' || (select max(id) from"
                        + " barrier_reports)"))
                .isEqualTo("barrier.report barrier.answer");
    }

    @Test
    void what_waits_too_long_stands_first_and_says_so() {
        var guest = browser();
        report(guest, "Liste", "Ohne Überschrift.", "");
        clock.turn(Duration.ofDays(40));
        report(browser(), "Startseite", "Zu hell.", "");
        var articles = browser()
                .signIn(Town.administrator())
                .page("/accessibility/reports?lang=de")
                .select("article");
        assertThat(articles.eachText().getFirst()).contains("Liste", "Überfällig seit", "Ohne Adresse");
        assertThat(articles.eachText().getLast()).contains("Startseite", "Antwort bis");
    }

    @Test
    void a_report_without_words_comes_back_with_what_was_typed_and_says_where() {
        var guest = browser();
        var answer = report(guest, "Karte", " ", "kein at");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"Karte\"", "value=\"kein at\"", "href=\"#problem\"", "href=\"#email\"", "autofocus");
        assertThat(town.ask("select count(*) from barrier_reports")).isEqualTo("0");
    }

    @Test
    void what_looks_like_a_program_is_kept_but_fills_no_mailbox() {
        var guest = browser();
        var page = guest.page("/accessibility");
        guest.submit(
                page,
                "/accessibility/reports",
                Map.of("page", "Karte", "problem", "Kauft!", "email", "opfer@stadt.example", FormGate.HONEYPOT, "x"));
        assertThat(town.ask("select odd from barrier_reports")).isEqualTo("t");
        assertThat(town.ask("select count(*) from mails where topic like 'barrier-%'"))
                .isEqualTo("0");
    }

    @Test
    void of_many_answers_at_once_one_goes_out() throws Exception {
        report(browser(), "Karte", "Zu klein.", "mia@stadt.example");
        var id = town.ask("select max(id) from barrier_reports");
        var office = browser().signIn(Town.officer());
        var token = office.token();
        try (var threads = Executors.newFixedThreadPool(12)) {
            var answers = threads.invokeAll(IntStream.range(0, 24)
                    .<Callable<Integer>>mapToObj(i -> () -> office.post(
                                    "/accessibility/reports/" + id + "/answer",
                                    Map.of("csrf", token, "answer", "Antwort " + i))
                            .statusCode())
                    .toList());
            int sent = 0;
            for (var answer : answers) {
                assertThat(answer.get()).isIn(303, 422);
                sent += answer.get() == 303 ? 1 : 0;
            }
            assertThat(sent).isEqualTo(1);
        }
        assertThat(town.ask("select count(*) from mails where topic like 'barrier-answer-%'"))
                .isEqualTo("1");
    }

    /** Fills in the form as somebody does who takes their time. */
    private HttpResponse<String> report(Browser guest, String page, String problem, String email) {
        var fields = new HashMap<String, String>(Map.of("page", page, "problem", problem, "email", email));
        var form = guest.page("/accessibility?lang=de");
        clock.turn(Duration.ofSeconds(5));
        return guest.submit(form, "/accessibility/reports", fields);
    }

    private String mail(String topic, String recipient) {
        return town.ask("select body from mails where topic like '" + topic + "' and recipient = '" + recipient + "'");
    }
}
