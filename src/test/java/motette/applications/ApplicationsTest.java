package motette.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking for money, from the first step to the session it can be on. */
@MicronautTest(transactional = false)
class ApplicationsTest extends PortalTest {

    private static final List<String> ITEMS =
            List.of("applicant", "district", "plan", "period", "costs", "sources", "documents");

    @Inject
    Waiting town;

    @Inject
    PlannedSessions sessions;

    @AfterEach
    void nothingIsPlanned() {
        sessions.plan("sbb-ost");
    }

    private Asking sent(String title) {
        var asking = Asking.begin(browser().signIn(Town.resident(5))).write(title);
        assertThat(Browser.location(asking.send(1))).isEqualTo(asking.path() + "?said=sent");
        return asking;
    }

    private static Map<String, String> ticks(Browser officer, List<String> items) {
        var form = new HashMap<String, String>(Map.of("csrf", officer.token(), "version", "1", "deed", "tick"));
        items.forEach(item -> form.put("item-" + item, "ok"));
        return form;
    }

    private Browser complete(Asking asking) {
        var officer = browser().signIn(Town.officer());
        assertThat(officer.post(asking.path() + "/checks", ticks(officer, ITEMS))
                        .statusCode())
                .isEqualTo(303);
        return officer;
    }

    @Test
    void whoever_asks_is_told_what_happens_next_and_by_when() {
        var asking = sent("Bänke mit Bestätigung");
        var page = asking.browser().page(asking.path() + "?said=sent");
        assertThat(page.text())
                .contains(
                        "Ihr Antrag ist eingegangen",
                        "Bänke mit Bestätigung",
                        "Eingegangen am",
                        "Die Stadt sagt Ihnen bis zum",
                        "Der Tag der nächsten Sitzung steht noch nicht fest",
                        "10 Arbeitstage",
                        "900,50");
        assertThat(asking.browser().page("/me").text()).contains("Bänke mit Bestätigung");
        assertThat(asking.browser().page(asking.path() + "/receipt").text())
                .contains("Verstecktgasse 7", "Geheimnis Siebenschön");
        assertThat(town.ask(
                        "select count(*) from mails where topic = 'application-received:" + asking.number() + ".1'"))
                .isEqualTo("1");
        assertThat(town.ask("select total_cents || ' ' || requested_cents || ' ' || body_key from application_versions"
                        + " where application_id = " + asking.number()))
                .isEqualTo("100050 90050 sbb-ost");
    }

    @Test
    void the_fund_of_the_whole_city_can_be_asked_instead_of_the_body_of_the_place() {
        var asking = Asking.begin(browser().signIn(Town.resident(5))).write("Bewegung für alle");
        var answer = asking.post(
                "place",
                Map.of(
                        "title",
                        "Bewegung für alle",
                        "quarter",
                        "20",
                        "place",
                        "Rabet",
                        "addressee",
                        "fonds-gesundheit"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(asking.browser().page(asking.path() + "/money").text()).contains("Verfügungsfonds Gesundheit");
        assertThat(Browser.location(asking.send(1))).isEqualTo(asking.path() + "?said=sent");
        assertThat(town.ask("select body_key || ' ' || fund_key from application_versions where application_id = "
                        + asking.number()))
                .isEqualTo("fonds-gesundheit verfuegungsfonds-gesundheit");
    }

    @Test
    void a_step_that_lacks_something_comes_back_with_what_was_typed() {
        var asking = Asking.begin(browser().signIn(Town.resident(6)));
        var answer = asking.post("place", Map.of("title", "Weg", "quarter", ""));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("mindestens 5 Zeichen", "value=\"Weg\"", "error-summary");
        assertThat(asking.browser()
                        .page(asking.path() + "/place")
                        .select("#title")
                        .attr("value"))
                .as("and is kept all the same")
                .isEqualTo("Weg");
        var back = asking.post("plan", Map.of("what", "Kurz", "deed", "back"));
        assertThat(Browser.location(back)).endsWith("/place");
        assertThat(asking.browser()
                        .page(asking.path() + "/plan")
                        .select("#what")
                        .text())
                .as("going back keeps what was typed")
                .isEqualTo("Kurz");
    }

    @Test
    void sums_that_differ_by_a_cent_are_refused_and_said() {
        var asking = Asking.begin(browser().signIn(Town.resident(6))).write("Eine Sache mit Summen");
        var money = new HashMap<>(Asking.complete("").get("money"));
        money.put("asked", "900,49");
        var answer = asking.post("money", money);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Es geht nicht auf", "0,01");
        money.put("deed", "sum");
        assertThat(asking.post("money", money).body()).contains("Es fehlen noch");
        var live = asking.post("sums", money);
        assertThat(live.body()).contains("\"state\":\"short\"");
        assertThat(asking.send(1).statusCode()).as("nor can it be sent").isEqualTo(422);
        assertThat(town.ask("select count(*) from application_versions where application_id = " + asking.number()))
                .isEqualTo("0");
    }

    @Test
    void nobody_begins_before_the_decision_nor_over_the_turn_of_the_year() {
        var asking = Asking.begin(browser().signIn(Town.resident(6)));
        var plan = new HashMap<>(Asking.complete("").get("plan"));
        plan.put("from", "2025-01-01");
        assertThat(asking.post("plan", plan).body()).contains("liegt in der Vergangenheit");
        plan.put("from", Asking.YEAR + "-10-01");
        plan.put("to", (Asking.YEAR + 1) + "-02-01");
        assertThat(asking.post("plan", plan).body()).contains("Das Ende muss auch im Jahr " + Asking.YEAR);
    }

    @Test
    void without_the_declarations_nothing_is_sent() {
        var asking = Asking.begin(browser().signIn(Town.resident(6))).write("Ohne Erklärung");
        var answer = asking.post("submission", Map.of("version", "1", "no-start", "yes"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Bitte bestätigen Sie beide Sätze");
    }

    @Test
    void an_own_idea_begins_the_application_and_says_that_money_is_asked() {
        var number = town.ask("select i.number from ideas i join persons p on p.id = i.author_id where p.demo_key = '"
                + Town.resident(3) + "' and i.state = 'published' and i.body_key like 'sbb-%' order by 1 limit 1");
        var author = browser().signIn(Town.resident(3));
        assertThat(author.page("/ideas/" + number).select("a[href=/applications/new?idea=" + number + "]"))
                .hasSize(1);
        assertThat(browser().page("/ideas/" + number).select("a[href^=/applications/new]"))
                .isEmpty();
        var asking = Asking.begin(author, Map.of("idea", number));
        assertThat(author.page(asking.path() + "/place").select("#title").attr("value"))
                .isEqualTo(town.ask("select title from ideas where number = " + number));
        assertThat(Asking.begin(author, Map.of("idea", number)).path())
                .as("the same draft goes on")
                .isEqualTo(asking.path());
        var steps = Asking.complete("Aus einer Idee geworden");
        steps.remove("place");
        steps.forEach(asking::step);
        asking.send(1);
        assertThat(browser().page("/ideas/" + number).text())
                .contains("Für diese Idee wurde Geld beantragt")
                .doesNotContain("Siebenschön");
        var stranger = browser().signIn(Town.resident(7));
        assertThat(stranger.post("/applications", Map.of("csrf", stranger.token(), "idea", number))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void gaps_are_named_the_next_version_keeps_all_of_the_first_and_shows_what_changed() {
        var asking = sent("Bänke mit Lücken");
        var officer = browser().signIn(Town.officer());
        var nothing = officer.post(
                asking.path() + "/checks", Map.of("csrf", officer.token(), "version", "1", "deed", "return"));
        assertThat(nothing.statusCode()).isEqualTo(422);
        assertThat(nothing.body()).contains("Bitte kreuzen Sie an, was fehlt");
        officer.post(
                asking.path() + "/checks",
                Map.of(
                        "csrf",
                        officer.token(),
                        "version",
                        "1",
                        "deed",
                        "return",
                        "item-costs",
                        "gap",
                        "gap-costs",
                        "Was kostet das Holz genau?",
                        "note",
                        "Danke für die schöne Idee."));
        assertThat(asking.browser().page(asking.path()).text())
                .contains("Das fehlt noch", "Was kostet das Holz genau?", "Danke für die schöne Idee.");
        assertThat(town.ask("select body from mails where topic = 'application-returned:" + asking.number() + ".1'"))
                .contains("Was kostet das Holz genau?", "Kosten nachvollziehbar");
        var money = new HashMap<>(Asking.complete("").get("money"));
        money.put("cost1-what", "Holz aus der Region");
        asking.step("money", money);
        assertThat(asking.send(2).statusCode()).isEqualTo(303);
        var second = asking.browser().page(asking.path());
        assertThat(second.text()).contains("Fassung 2", "Das ist neu in Fassung 2", "Holz aus der Region");
        assertThat(second.select("del").eachText()).containsExactly("Holz");
        assertThat(asking.browser()
                        .page(asking.path() + "?version=1")
                        .select("tbody")
                        .text())
                .contains("Holz")
                .doesNotContain("Region");
        for (var change : List.of(
                "update application_versions set title = 'Anders' where application_id = " + asking.number(),
                "delete from application_lines where application_id = " + asking.number())) {
            assertThatThrownBy(() -> town.change(change)).hasStackTraceContaining("is frozen");
        }
    }

    @Test
    void the_database_refuses_a_version_that_does_not_add_up() {
        var asking = Asking.begin(browser().signIn(Town.resident(6)));
        assertThatThrownBy(() -> town.change("insert into application_versions (application_id, version, title, kind,"
                        + " body_key, quarter_key, fund_key, year, organisation, total_cents, requested_cents, fields,"
                        + " received_on, sent_at) values (" + asking.number()
                        + ", 1, 'Ohne Zeilen', 'proposal', 'sbb-ost', '20', 'stadtbezirksbudget', 2027, '', 100, 100,"
                        + " '{}', current_date, now())"))
                .hasStackTraceContaining("total 100, cost 0");
    }

    @Test
    void the_session_follows_from_the_day_it_was_complete() {
        var today = LocalDate.now(Time.ZONE);
        sessions.plan("sbb-ost", today.plusDays(3), today.plusDays(60));
        var asking = sent("Bänke mit Sitzung");
        assertThat(asking.browser().page(asking.path()).text())
                .contains("ist es zu spät", "Nächste Sitzung:", "vollständig sein");
        complete(asking);
        assertThat(asking.browser().page(asking.path()).text())
                .contains("Vollständig seit", "Der Antrag kann in die Sitzung am");
        assertThat(town.ask("select count(*) from application_completions where application_id = " + asking.number()))
                .isEqualTo("1");
    }

    @Test
    void everybody_sees_what_their_office_needs_and_no_more() {
        var asking = sent("Bänke mit Blicken");
        var path = asking.path();
        for (var person : List.of(
                Town.resident(7),
                Town.coordinator("west"),
                Town.councillor("west", 1),
                Town.chair("west"),
                Town.administrator(),
                Town.auditor(),
                Town.councillor("ost", 1))) {
            assertThat(browser().signIn(person).get(path).statusCode())
                    .as(person)
                    .isEqualTo(404);
        }
        for (var person : List.of(Town.officer(), Town.coordinator("ost"))) {
            assertThat(browser().signIn(person).page(path).text())
                    .as(person)
                    .contains("Verstecktgasse 7", "Ist alles da?");
        }
        var chair = browser().signIn(Town.chair("ost"));
        assertThat(chair.page(path).text())
                .contains("Bänke mit Blicken")
                .doesNotContain("Verstecktgasse", "Siebenschön", "0341", "Ist alles da?");
        assertThat(chair.post(path + "/checks", ticks(chair, ITEMS)).statusCode())
                .isEqualTo(403);
        assertThat(chair.get(path + "/receipt").statusCode()).isEqualTo(404);
        assertThat(browser().page("/applications").text()).doesNotContain("Bänke mit Blicken");
        complete(asking);
        assertThat(browser().signIn(Town.councillor("ost", 1)).page(path).text())
                .contains("Bänke mit Blicken")
                .doesNotContain("Verstecktgasse", "Siebenschön");
        assertThat(browser().page("/applications?body=sbb-ost").text())
                .contains("Bänke mit Blicken")
                .doesNotContain("Siebenschön");
        assertThat(browser().page("/applications?body=sbb-west").text()).doesNotContain("Bänke mit Blicken");
        assertThat(town.ask("select count(*) > 0 from personal_reads where what = 'application' and person_id ="
                        + " (select applicant_id from applications where id = " + asking.number() + ")"))
                .isEqualTo("t");
    }

    @Test
    void the_desk_shows_what_is_late_first_and_only_what_is_theirs() {
        var asking = sent("Bänke die warten");
        var desk = browser().signIn(Town.coordinator("ost")).page("/applications/desk");
        assertThat(desk.text()).contains("Bänke die warten", "Eingegangen");
        assertThat(browser()
                        .signIn(Town.coordinator("west"))
                        .page("/applications/desk")
                        .text())
                .doesNotContain("Bänke die warten");
        assertThat(browser()
                        .signIn(Town.chair("ost"))
                        .page("/applications/desk?body=sbb-ost")
                        .text())
                .contains("Bänke die warten", "steht noch nicht fest");
        assertThat(browser().signIn(Town.resident(7)).get("/applications/desk").statusCode())
                .isEqualTo(403);
        assertThat(browser()
                        .signIn(Town.officer())
                        .page("/applications/desk?state=withdrawn")
                        .text())
                .doesNotContain("Bänke die warten");
        var withdrawn = asking.post("withdrawal", Map.of());
        assertThat(Browser.location(withdrawn)).isEqualTo(asking.path() + "?said=withdrawn");
        assertThat(browser()
                        .signIn(Town.officer())
                        .page("/applications/desk?state=withdrawn")
                        .text())
                .contains("Bänke die warten");
        assertThat(asking.post("withdrawal", Map.of()).statusCode()).isEqualTo(409);
    }

    @Test
    void staff_enter_what_came_on_paper_with_consent_and_its_stamp() {
        var officer = browser().signIn(Town.officer());
        var asking = Asking.begin(officer, Map.of("paper", "yes")).writeFromPaper("Bänke vom Papier");
        assertThat(asking.send(1).statusCode()).isEqualTo(303);
        assertThat(town.ask("select received_on from application_versions where application_id = " + asking.number()))
                .isEqualTo(LocalDate.now(Time.ZONE).minusDays(4).toString());
        assertThat(officer.page(asking.path()).text()).contains("auf Papier", "Verstecktgasse 7");
        assertThat(officer.page(asking.path() + "/receipt").text()).contains("ist eingegangen", "Geheimnis");
        var resident = browser().signIn(Town.resident(7));
        assertThat(resident.post("/applications", Map.of("csrf", resident.token(), "paper", "yes"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void documents_are_given_as_attachments_to_who_may_and_active_ones_refused() throws Exception {
        var asking = Asking.begin(browser().signIn(Town.resident(8)));
        var plain = PdfCheckTest.pdf(pdf -> {});
        assertThat(asking.browser()
                        .postFile(asking.path() + "/documents", "document", "Angebot über Holz.pdf", plain)
                        .statusCode())
                .isEqualTo(303);
        var active = PdfCheckTest.pdf(pdf -> pdf.getDocumentCatalog().setOpenAction(new PDActionJavaScript("x")));
        var refused = asking.browser().postFile(asking.path() + "/documents", "document", "b.pdf", active);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Programme oder angehängte Dateien");
        asking.write("Bänke mit Angebot");
        var link = asking.browser()
                .page(asking.path() + "/documents")
                .select("a[href*=/documents/]")
                .attr("href");
        assertThat(browser().signIn(Town.officer()).get(link).statusCode())
                .as("not before it is sent")
                .isEqualTo(404);
        asking.send(1);
        var officer = browser().signIn(Town.officer());
        var file = officer.sendForBytes(
                HttpRequest.newBuilder(officer.home().resolve(link)).GET().build());
        assertThat(file.body()).isEqualTo(plain);
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment;");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        for (var person : List.of(Town.chair("ost"), Town.councillor("ost", 1), Town.resident(7))) {
            assertThat(browser().signIn(person).get(link).statusCode())
                    .as(person)
                    .isEqualTo(404);
        }
    }

    @Test
    void sent_by_many_hands_at_once_it_becomes_one_version() throws Exception {
        var asking = Asking.begin(browser().signIn(Town.resident(9))).write("Bänke gehämmert");
        var token = asking.browser().token();
        var answers = together(
                24,
                hand -> asking.browser()
                        .post(
                                asking.path() + "/submission",
                                Map.of("csrf", token, "version", "1", "no-start", "yes", "privacy", "yes"))
                        .statusCode());
        assertThat(answers).containsOnly(303);
        assertThat(town.ask("select count(*) || ' ' || max(version) from application_versions where application_id = "
                        + asking.number()))
                .isEqualTo("1 1");
        assertThat(town.ask("select count(*) from audit_entries where deed = 'application.submission' and subject ="
                        + " 'application:" + asking.number() + "'"))
                .isEqualTo("1");
    }

    @Test
    void two_officers_at_once_lose_nothing_and_double_nothing() throws Exception {
        var asking = sent("Bänke von zwei Seiten geprüft");
        var officers = List.of(browser().signIn(Town.officer()), browser().signIn(Town.coordinator("ost")));
        var forms = officers.stream().map(officer -> ticks(officer, List.of())).toList();
        var answers = together(ITEMS.size() * 4, hand -> {
            var form = new HashMap<>(forms.get(hand % 2));
            form.put("item-" + ITEMS.get(hand % ITEMS.size()), "ok");
            return officers.get(hand % 2).post(asking.path() + "/checks", form).statusCode();
        });
        assertThat(answers).isSubsetOf(303, 409).contains(303);
        assertThat(town.ask("select count(*) || ' ' || count(distinct item_key) from application_ticks where"
                        + " application_id = " + asking.number()))
                .isEqualTo("7 7");
        assertThat(town.ask("select count(*) from application_completions where application_id = " + asking.number()))
                .isEqualTo("1");
        assertThat(town.ask("select count(*) from audit_entries where deed = 'application.tick' and subject ="
                        + " 'application:" + asking.number() + "'"))
                .isEqualTo("7");
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
