package motette.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the question of the administration to what the council can rely on. */
@MicronautTest(transactional = false)
class StatementsTest extends PortalTest {

    private static final String OFFICE = "stadtgruen-gewaesser";
    private static final String OTHER = "gesundheitsamt";

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    @Inject
    Statements statements;

    @Inject
    Reminders reminders;

    @Inject
    Queries queries;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private Subject idea(String title, long cents) {
        long number = town.idea(Town.resident(2), "20", title, Instant.now().minus(Duration.ofDays(3)));
        town.change("insert into idea_events (idea_number, kind, at, person_id, office) values (" + number
                + ", 'published', now() - interval '2 days', " + id(Town.coordinator("ost")) + ", 'coordinator-ost')");
        town.change("update ideas set cost_cents = " + (cents == 0 ? "null" : cents) + " where number = " + number);
        return Subject.idea(number);
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }

    private static Map<String, String> question(Browser officer, String... offices) {
        var form = new HashMap<String, String>();
        form.put("csrf", officer.token());
        form.put("send_id", UUID.randomUUID().toString());
        form.put("question", "Geht das an dieser Stelle?");
        form.put("days", "10");
        List.of(offices).forEach(office -> form.put("office-" + office, "yes"));
        return form;
    }

    private static Map<String, String> answer(Browser officer, int version) {
        return new HashMap<>(Map.of(
                "csrf", officer.token(),
                "send_id", UUID.randomUUID().toString(),
                "version", String.valueOf(version),
                "feasibility", "conditions",
                "competence", "city",
                "ownership", "city",
                "estimate", "2.400,50",
                "estimate-reason", "Nach Preisen ähnlicher Bänke.",
                "running", "120",
                "said", "Drei Bänke sind möglich, wenn der Weg breit bleibt."));
    }

    private Subject asked(Browser officer, String title, String... offices) {
        var subject = idea(title, 500_000);
        assertThat(officer.post(subject.path() + "/requests", question(officer, offices))
                        .statusCode())
                .isEqualTo(303);
        return subject;
    }

    private String request(Subject subject, String office) {
        return "/statements/requests/"
                + town.ask("select max(r.id) from statement_requests r join statement_files f on f.id = r.file_id where"
                        + " f.idea_number = " + subject.number() + " and r.office_key = '" + office + "'");
    }

    private Subject answered(Browser officer, String title) {
        var subject = asked(officer, title, OFFICE);
        assertThat(officer.post(request(subject, OFFICE) + "/answers", answer(officer, 1))
                        .statusCode())
                .isEqualTo(303);
        return subject;
    }

    private static Map<String, String> appeal(Browser author) {
        return Map.of("csrf", author.token(), "appeal", "Der Weg ist breit genug, bitte messen Sie noch einmal.");
    }

    @Test
    void what_offices_say_stands_for_everybody_and_the_council_can_rely_on_it() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke an der Wiese mit Stellungnahme", OFFICE, OTHER);
        assertThat(browser().page(subject.path()).text()).contains("Wird geprüft", "Amt für Stadtgrün und Gewässer");
        officer.post(request(subject, OFFICE) + "/answers", answer(officer, 1));
        assertThat(statements.isGiven(subject)).isFalse();
        officer.post(request(subject, OTHER) + "/answers", answer(officer, 1));
        assertThat(statements.isGiven(subject)).isTrue();
        assertThat(statements.given(List.of(subject)).get(subject))
                .isEqualTo(new Given(subject, true, false, false, 2, 2, null, "conditions", 240_050, 12_000));
        var page = browser().page(subject.path());
        assertThat(page.text())
                .contains("Liegt vor", "Machbar mit Bedingungen", "2.400,50", "Drei Bänke sind möglich")
                .doesNotContain("Geht das an dieser Stelle?");
        assertThat(browser().page("/ideas/" + subject.number()).select("a[href=" + subject.path() + "]"))
                .hasSize(1);
        assertThat(town.ask("select count(*) from mails where topic like 'statement-given-%' and recipient ="
                        + " 'resident-2@motette.example' and subject like '%Wiese mit Stellungnahme%'"))
                .isEqualTo("1");
    }

    @Test
    void who_writes_down_a_resolution_made_elsewhere_cannot_tick_a_statement_that_offices_still_owe() {
        var officer = browser().signIn(Town.officer());
        var chair = browser().signIn(Town.chair("ost"));
        var subject = asked(officer, "Bänke, über die im Rathaus beschlossen wird", OFFICE);
        var path =
                "/council/sbb-ost/" + LocalDate.now(Time.ZONE).getYear() + "/ideas/" + subject.number() + "/resolution";
        assertThat(chair.page(path).select("input[name=statement]")).isEmpty();
        assertThat(chair.page(path).select("#statement").text()).contains("liegt noch nicht vor");
        var form = Map.of(
                "csrf", chair.token(),
                "request_id", UUID.randomUUID().toString(),
                "kind", "granted",
                "yes", "9",
                "no", "1",
                "abstentions", "0",
                "decided_on", LocalDate.now(Time.ZONE).toString(),
                "reason", "Das hat uns überzeugt.",
                "statement", "given");
        var refused = chair.post(path, form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(refused.body()).select("#statement-error").text())
                .contains("Stellungnahme");
        officer.post(request(subject, OFFICE) + "/answers", answer(officer, 1));
        assertThat(chair.page(path).select("#statement").text()).contains("liegt vor");
        assertThat(chair.post(path, form).statusCode()).isEqualTo(303);
        assertThat(town.ask("select statement_given from resolutions where idea_number = " + subject.number()))
                .isEqualTo("t");
    }

    @Test
    void an_answer_with_gaps_comes_back_with_what_was_typed() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke mit unfertiger Antwort", OFFICE);
        var form = answer(officer, 1);
        form.put("estimate", "viel");
        form.put("feasibility", "");
        var answer = officer.post(request(subject, OFFICE) + "/answers", form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("kein Betrag", "viel", "Drei Bänke sind möglich");
    }

    @Test
    void a_corrected_answer_keeps_the_one_before() {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke mit berichtigter Antwort");
        var form = answer(officer, 2);
        form.put("feasibility", "no");
        assertThat(officer.post(request(subject, OFFICE) + "/answers", form).statusCode())
                .isEqualTo(303);
        assertThat(officer.post(request(subject, OFFICE) + "/answers", answer(officer, 2))
                        .statusCode())
                .isEqualTo(409);
        assertThat(statements.given(subject).feasibility()).isEqualTo("no");
        assertThat(browser().page(subject.path()).text())
                .contains("Nicht machbar", "Eine frühere Fassung", "Machbar mit Bedingungen");
        assertThatThrownBy(() -> town.change("update statement_answers set said = 'Etwas ganz anderes als vorher'"))
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> town.change("delete from statement_requests")).hasMessageContaining("append-only");
    }

    @Test
    void an_office_passes_on_with_the_same_deadline_or_gives_back_to_whoever_asked() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke für ein anderes Amt", OFFICE);
        var first = request(subject, OFFICE);
        var form =
                Map.of("csrf", officer.token(), "to", OTHER, "forward-comment", "Das weiß das Gesundheitsamt besser.");
        assertThat(officer.post(first + "/forwarding", form).statusCode()).isEqualTo(303);
        assertThat(officer.post(first + "/forwarding", form).statusCode()).isEqualTo(409);
        assertThat(town.ask("select count(distinct due_on) || ' ' || count(*) from statement_requests r join"
                        + " statement_files f on f.id = r.file_id where f.idea_number = " + subject.number()))
                .isEqualTo("1 2");
        assertThat(officer.post(first + "/answers", answer(officer, 1)).statusCode())
                .isEqualTo(409);
        var second = request(subject, OTHER);
        assertThat(officer.post(
                                second + "/return",
                                Map.of("csrf", officer.token(), "return-comment", "Dafür ist hier niemand zuständig."))
                        .statusCode())
                .isEqualTo(303);
        assertThat(statements.given(subject).asked()).isZero();
        assertThat(town.ask("select count(*) from mails where topic like 'statement-returned-%' and body like '%niemand"
                        + " zuständig%'"))
                .isEqualTo("1");
        assertThat(browser().page(subject.path()).text())
                .contains("Weitergegeben an: Gesundheitsamt")
                .doesNotContain("niemand zuständig");
    }

    @Test
    void only_who_works_for_the_office_answers_and_only_the_administration_asks() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke mit fremder Antwort", OFFICE);
        var second = browser().signIn(Town.secondOfficer());
        assertThat(second.post(request(subject, OFFICE) + "/answers", answer(second, 1))
                        .statusCode())
                .isEqualTo(403);
        assertThat(second.page(request(subject, OFFICE)).select("form[action$=answers]"))
                .isEmpty();
        var resident = browser().signIn(Town.resident(3));
        assertThat(resident.post(subject.path() + "/requests", question(resident, OTHER))
                        .statusCode())
                .isEqualTo(403);
        assertThat(resident.get("/statements/desk").statusCode()).isEqualTo(403);
        assertThat(resident.get(request(subject, OFFICE)).statusCode()).isEqualTo(403);
        assertThat(resident.post(subject.path() + "/appeal", appeal(resident)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_administration_says_who_works_for_which_office() {
        var admin = browser().signIn(Town.administrator());
        var path = "/statements/offices/" + OTHER + "/officers";
        assertThat(admin.post(path, Map.of("csrf", admin.token(), "officer", id(Town.resident(4))))
                        .statusCode())
                .isEqualTo(422);
        var form = Map.of("csrf", admin.token(), "officer", id(Town.secondOfficer()));
        assertThat(admin.post(path, form).statusCode()).isEqualTo(303);
        assertThat(admin.post(path, form).statusCode()).isEqualTo(303);
        var assigned = "select max(id) from office_officers where person_id = " + id(Town.secondOfficer());
        assertThat(town.ask("select count(*) from office_officers where person_id = " + id(Town.secondOfficer())))
                .isEqualTo("1");
        assertThat(admin.page("/statements/offices").text()).contains("Demo-Verwaltung, zweite Person");
        var end = "/statements/offices/assignments/" + town.ask(assigned) + "/ending";
        assertThat(admin.post(end, Map.of("csrf", admin.token())).statusCode()).isEqualTo(303);
        assertThat(town.ask("select count(*) from office_officers where ended_at is null and person_id = "
                        + id(Town.secondOfficer())))
                .isEqualTo("0");
    }

    @Test
    void up_to_the_threshold_the_office_may_say_that_none_is_needed_and_above_it_not() {
        var officer = browser().signIn(Town.officer());
        var form = Map.of("csrf", officer.token(), "skip-reason", "Das kostet wenig und steht nur kurz.");
        var small = idea("Kleines Fest ohne Stellungnahme", 100_000);
        var big = idea("Großes Fest mit Stellungnahme", 100_001);
        var unknown = idea("Fest ohne Summe und Stellungnahme", 0);
        assertThat(statements.isSkippable(small)).isTrue();
        assertThat(statements.isSkippable(big)).isFalse();
        assertThat(statements.isSkippable(unknown)).isFalse();
        assertThat(officer.post(small.path() + "/skip", form).statusCode()).isEqualTo(303);
        assertThat(officer.post(small.path() + "/skip", form).statusCode()).isEqualTo(303);
        assertThat(statements.given(small).skipped()).isTrue();
        assertThat(officer.post(big.path() + "/skip", form).statusCode()).isEqualTo(409);
        assertThat(officer.post(unknown.path() + "/skip", form).statusCode()).isEqualTo(409);
        assertThat(browser().page(small.path()).text()).contains("Keine Stellungnahme nötig", "steht nur kurz");
        town.change("update ideas set cost_cents = 900000 where number = " + small.number());
        assertThat(statements.given(small).skipped()).isFalse();
    }

    @Test
    void what_is_late_stands_on_a_public_list_without_names_and_as_a_table() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "=Bänke <script>alert(1)</script> zu spät", OFFICE);
        assertThat(browser().page("/statements/overdue").text()).doesNotContain("zu spät");
        clock.turn(Duration.ofDays(40));
        var list = browser().get("/statements/overdue").body();
        assertThat(list)
                .contains("zu spät", "Amt für Stadtgrün und Gewässer", "&lt;script&gt;")
                .doesNotContain("<script>alert", "Demo-Verwaltung");
        var table = browser().get("/statements/overdue.csv");
        assertThat(table.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(table.body()).contains(subject.reference() + ";'=Bänke").doesNotContain("Demo-Verwaltung");
        var strong = browser().signIn(Town.officer());
        assertThat(strong.page("/statements/desk").text()).contains("überfällig", "zu spät");
        strong.post(request(subject, OFFICE) + "/answers", answer(strong, 1));
        assertThat(browser().get("/statements/overdue").body()).doesNotContain("zu spät");
    }

    @Test
    void an_office_is_reminded_once_before_and_once_after_the_deadline() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke mit Erinnerung an das Amt", OFFICE);
        var request = request(subject, OFFICE).replaceAll("\\D", "");
        var sent =
                "select string_agg(topic, ' ' order by id) from mails where topic ~ '^statement-(asked|soon|overdue)-"
                        + request + "$'";
        reminders.look();
        assertThat(town.ask(sent)).isEqualTo("statement-asked-" + request);
        clock.turn(Duration.ofDays(12));
        reminders.look();
        reminders.look();
        clock.turn(Duration.ofDays(10));
        reminders.look();
        reminders.look();
        assertThat(town.ask(sent))
                .isEqualTo("statement-asked-%1$s statement-soon-%1$s statement-overdue-%1$s".formatted(request));
    }

    @Test
    void the_author_appeals_once_and_somebody_else_decides() {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke mit Widerspruch der Autorin");
        var author = browser().signIn(Town.resident(2));
        assertThat(author.page(subject.path()).text()).contains("Sie sehen das anders?");
        assertThat(author.post(subject.path() + "/appeal", Map.of("csrf", author.token(), "appeal", "kurz"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(author.post(subject.path() + "/appeal", appeal(author)).statusCode())
                .isEqualTo(303);
        assertThat(author.post(subject.path() + "/appeal", appeal(author)).statusCode())
                .isEqualTo(303);
        assertThat(author.post(
                                subject.path() + "/appeal",
                                Map.of("csrf", author.token(), "appeal", "Und noch ein zweiter Widerspruch von mir."))
                        .statusCode())
                .isEqualTo(409);
        assertThat(statements.isGiven(subject)).isFalse();
        assertThat(browser().page(subject.path()).text())
                .contains("Widerspruch offen")
                .doesNotContain("messen Sie noch einmal");
        var decision = Map.of(
                "csrf",
                officer.token(),
                "outcome",
                "upheld",
                "decision",
                "Bitte prüfen Sie die Breite des Weges noch einmal vor Ort.");
        assertThat(officer.post(subject.path() + "/appeal/decision", decision).statusCode())
                .isEqualTo(403);
        var second = browser().signIn(Town.secondOfficer());
        var theirs = new HashMap<>(decision);
        theirs.put("csrf", second.token());
        assertThat(second.post(subject.path() + "/appeal/decision", theirs).statusCode())
                .isEqualTo(303);
        assertThat(second.post(subject.path() + "/appeal/decision", theirs).statusCode())
                .isEqualTo(303);
        assertThat(statements.given(subject).state(LocalDate.now(clock))).isEqualTo("asked");
        assertThat(officer.post(request(subject, OFFICE) + "/answers", answer(officer, 1))
                        .statusCode())
                .isEqualTo(303);
        assertThat(statements.isGiven(subject)).isTrue();
        assertThat(author.page(subject.path()).text())
                .contains("Der Widerspruch hat Erfolg", "Breite des Weges")
                .doesNotContain("Sie sehen das anders?");
        assertThat(town.ask("select count(*) from mails where topic like 'statement-appeal-%' and subject like '%der"
                        + " Autorin%'"))
                .isEqualTo("1");
    }

    @Test
    void the_author_takes_an_appeal_back_until_it_is_decided() throws Exception {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke mit Bedenken, die sich klären");
        var author = browser().signIn(Town.resident(2));
        var path = subject.path() + "/appeal/withdrawal";
        var form = Map.of("csrf", author.token());
        assertThat(author.post(path, form).statusCode())
                .as("nothing to take back")
                .isEqualTo(409);
        author.post(subject.path() + "/appeal", appeal(author));
        assertThat(statements.isGiven(subject)).isFalse();
        var stranger = browser().signIn(Town.resident(5));
        assertThat(stranger.post(path, Map.of("csrf", stranger.token())).statusCode())
                .isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            assertThat(author.post(path, form).statusCode()).isEqualTo(303);
        }
        assertThat(statements.isGiven(subject)).isTrue();
        assertThat(author.page(subject.path()).text())
                .contains("Der Widerspruch ist zurückgenommen")
                .doesNotContain("Sie sehen das anders?");
        assertThat(town.ask("select count(*) from audit_entries where deed = 'statement.appeal-withdrawal' and subject"
                        + " = 'idea:" + subject.number() + "'"))
                .isEqualTo("1");
        var second = browser().signIn(Town.secondOfficer());
        var decision = Map.of(
                "csrf",
                second.token(),
                "outcome",
                "upheld",
                "decision",
                "Bitte prüfen Sie die Breite des Weges noch einmal vor Ort.");
        assertThat(second.post(subject.path() + "/appeal/decision", decision).statusCode())
                .isEqualTo(409);
    }

    @Test
    void whoever_goes_takes_their_words_along_and_nobody_waits_for_the_appeal() {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke einer Autorin, die geht");
        town.change("update ideas set author_id = " + id(Town.resident(9)) + " where number = " + subject.number());
        var author = browser().signIn(Town.resident(9));
        author.post(subject.path() + "/appeal", appeal(author));
        assertThat(statements.given(subject).openAppeal()).isTrue();
        var page = author.page("/me/data/erasure");
        assertThat(author.submit(page, "/me/data/erasure", Map.of("ideas", "stay"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(town.ask("select coalesce(person_id, 0) || reason from statement_appeals a join statement_files f on"
                        + " f.id = a.file_id where f.idea_number = " + subject.number()))
                .isEqualTo("0");
        assertThat(statements.isGiven(subject)).isTrue();
        assertThat(browser().page(subject.path()).text()).contains("weil das Konto gelöscht wurde");
    }

    @Test
    void after_the_period_nobody_appeals() {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke mit spätem Widerspruch");
        clock.turn(Duration.ofDays(32));
        var author = browser().signIn(Town.resident(2));
        assertThat(author.page(subject.path()).text()).doesNotContain("Sie sehen das anders?");
        assertThat(author.post(subject.path() + "/appeal", appeal(author)).statusCode())
                .isEqualTo(409);
    }

    @Test
    void the_database_lets_nobody_decide_on_their_own_answer_or_appeal_for_another() {
        var officer = browser().signIn(Town.officer());
        var subject = answered(officer, "Bänke und die Regeln der Datenbank");
        var file = town.ask("select id from statement_files where idea_number = " + subject.number());
        assertThatThrownBy(() -> town.change("insert into statement_appeals (file_id, person_id, reason, at, until)"
                        + " values (" + file + ", " + id(Town.resident(3))
                        + ", 'Das ist gar nicht meine Idee, aber egal.', now(), current_date + 3)"))
                .hasMessageContaining("Nobody can appeal");
        town.change("insert into statement_appeals (file_id, person_id, reason, at, until) values (" + file + ", "
                + id(Town.resident(2)) + ", 'Das ist meine Idee, und ich sehe es anders.', now(), current_date + 3)");
        assertThatThrownBy(() -> town.change("insert into statement_appeal_decisions (file_id, outcome, reason, by, at)"
                        + " values (" + file + ", 'rejected', 'Weil ich das so gesagt habe, bleibt es.', "
                        + id(Town.officer()) + ", now())"))
                .hasMessageContaining("cannot decide");
    }

    @Test
    void an_application_is_read_by_everybody_once_it_is_public_and_before_by_nobody_else() {
        var application = Subject.application(3);
        assertThat(browser().page(application.path()).text())
                .contains("Schattige Sitzplätze", "Machbar mit Bedingungen", "Liegt vor");
        assertThat(statements.isGiven(application)).isTrue();
        assertThat(browser().get("/statements/applications/2").statusCode()).isEqualTo(404);
        assertThat(browser().get("/statements/applications/1").statusCode()).isEqualTo(404);
        assertThat(browser()
                        .signIn(Town.officer())
                        .get("/statements/applications/2")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser()
                        .signIn(Town.officer())
                        .get("/statements/applications/1")
                        .statusCode())
                .isEqualTo(404);
        var waiting = town.idea(Town.resident(2), "20", "Noch nicht veröffentlichte Bänke", Instant.now());
        assertThat(browser().get("/statements/ideas/" + waiting).statusCode()).isEqualTo(404);
        assertThat(browser()
                        .signIn(Town.resident(2))
                        .get("/statements/ideas/" + waiting)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_list_of_any_length_asks_the_database_once_and_the_desk_as_often_as_before() {
        var officer = browser().signIn(Town.officer());
        asked(officer, "Bänke zum Zählen der Fragen", OFFICE);
        officer.page("/statements/desk");
        int before = queries.during(() -> officer.page("/statements/desk")).size();
        for (int i = 0; i < 6; i++) {
            asked(officer, "Weitere Bänke zum Zählen " + i, OFFICE, OTHER);
        }
        assertThat(queries.during(() -> officer.page("/statements/desk"))).hasSize(before);
        var one = statements.given(List.of(Subject.application(3)));
        assertThat(one).hasSize(1);
    }

    @Test
    void the_administration_finds_what_it_can_ask_about() {
        var number = idea("Bänke, zu denen noch niemand gefragt ist", 500_000).number();
        var link = "a[href=/statements/ideas/" + number + "]";
        assertThat(browser().page("/ideas/" + number).select(link)).isEmpty();
        assertThat(browser().signIn(Town.officer()).page("/ideas/" + number).select(link))
                .hasSize(1);
    }

    @Test
    void what_was_said_goes_only_with_its_application_and_then_whole() {
        assertThatThrownBy(() -> town.change("delete from statement_files")).hasMessageContaining("append-only");
        assertThatThrownBy(() -> town.change("truncate statement_answers")).isNotNull();
        assertThatThrownBy(() -> town.change("""
            do $$
            declare
                f bigint := (select id from statement_files where application_id = 3);
                p bigint := %s;
                r bigint;
                n bigint;
            begin
                insert into statement_requests (file_id, office_key, question, asked_on, due_on, asked_by, asked_at, send_id)
                values (f, 'gesundheitsamt', 'Frage?', current_date, current_date, p, now(), gen_random_uuid()) returning id into r;
                insert into statement_handovers values (r, 'forwarded', 'Das weiß ein anderes Amt.', p, now());
                insert into statement_requests (file_id, office_key, question, asked_on, due_on, asked_by, asked_at, send_id,
                                                forwarded_from)
                values (f, 'mobilitaet-tiefbau', 'Frage?', current_date, current_date, p, now(), gen_random_uuid(), r)
                returning id into n;
                insert into statement_reminders values (n, 'soon', now());
                insert into statement_handovers values (n, 'returned', 'Das weiß kein Amt von uns.', p, now());
                insert into statement_appeals
                values (f, (select applicant_id from applications where id = 3), 'Das sehe ich wirklich anders.', now(), current_date);
                insert into statement_appeal_decisions values (f, 'rejected', 'Es bleibt dabei, wie es ist.', %s, now());
                delete from agenda_items where application_id = 3;
                delete from applications where id = 3;
                raise exception 'left %%', (select count(*) from statement_requests where file_id = f)
                    + (select count(*) from statement_handovers where request_id in (r, n))
                    + (select count(*) from statement_appeals where file_id = f) + (select count(*) from statement_files where id = f);
            end $$\
            """.formatted(id(Town.officer()), id(Town.secondOfficer()))))
                .hasMessageContaining("left 0");
    }

    @Test
    void text_of_people_stays_text() {
        var officer = browser().signIn(Town.officer());
        var subject = asked(officer, "Bänke mit Schrift", OFFICE);
        var form = answer(officer, 1);
        form.put("said", "Erstens <img src=x onerror=alert(1)> und zweitens <b>fett</b>.");
        form.put("estimate-reason", "Wegen <script>alert(2)</script> so viel.");
        officer.post(request(subject, OFFICE) + "/answers", form);
        assertThat(browser().get(subject.path()).body())
                .contains("&lt;img src=x", "&lt;script&gt;alert(2)")
                .doesNotContain("<img src=x", "<script>alert(2)");
    }

    @Test
    void many_hands_ask_answer_and_appeal_and_each_thing_happens_once() throws Exception {
        var officer = browser().signIn(Town.officer());
        var subject = idea("Bänke unter vielen Händen", 500_000);
        var asks = together(
                16,
                i -> officer.post(subject.path() + "/requests", question(officer, OFFICE))
                        .statusCode());
        assertThat(asks.stream().filter(code -> code == 303)).hasSize(1);
        assertThat(asks).containsOnly(303, 422);
        var path = request(subject, OFFICE);
        var answers = together(
                16, i -> officer.post(path + "/answers", answer(officer, 1)).statusCode());
        assertThat(answers.stream().filter(code -> code == 303)).hasSize(1);
        assertThat(answers).containsOnly(303, 409);
        var author = browser().signIn(Town.resident(2));
        var token = author.token();
        var appeals = together(
                16,
                i -> author.post(
                                subject.path() + "/appeal",
                                Map.of("csrf", token, "appeal", "Widerspruch mit der Nummer " + i + ", bitte prüfen."))
                        .statusCode());
        assertThat(appeals.stream().filter(code -> code == 303)).hasSize(1);
        assertThat(appeals).containsOnly(303, 409);
        var second = browser().signIn(Town.secondOfficer());
        var other = second.token();
        var decisions = together(
                16,
                i -> second.post(
                                subject.path() + "/appeal/decision",
                                Map.of(
                                        "csrf",
                                        other,
                                        "outcome",
                                        i % 2 == 0 ? "upheld" : "rejected",
                                        "decision",
                                        "Entscheidung mit der Nummer " + i + " und einem Grund."))
                        .statusCode());
        assertThat(decisions.stream().filter(code -> code == 303)).hasSize(1);
        assertThat(decisions).containsOnly(303, 409);
        assertThat(town.ask("select count(*) from statement_appeal_decisions d join statement_files f on f.id ="
                        + " d.file_id where f.idea_number = " + subject.number()))
                .isEqualTo("1");
        assertThat(town.ask("select count(*) from audit_entries where deed = 'statement.answer' and subject = '"
                        + subject.reference() + "'"))
                .isEqualTo("1");
    }

    private interface Hand {
        int does(int hand);
    }

    private static List<Integer> together(int hands, Hand hand) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = IntStream.range(0, hands)
                    .<Callable<Integer>>mapToObj(i -> () -> hand.does(i))
                    .toList();
            var answers = new ArrayList<Integer>();
            for (var answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
