package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.Waiting;
import motette.applications.PdfCheckTest;
import motette.town.Town;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class AgendaPapersTest extends PortalTest {

    @Inject
    Clock clock;

    @Inject
    Waiting town;

    @Inject
    Queries queries;

    @Test
    void papers_are_read_with_the_invitation_by_whoever_may_read_the_item() throws Exception {
        var chair = browser().signIn(Town.chair("nordost"));
        var path = session("nordost", 60);
        add(chair, path, Map.of("title", "Bänke am Wasser"));
        add(
                chair,
                path,
                Map.of("title", "Ein Vertrag", "closed", "yes", "secrecy", "Es geht um Verträge einzelner Menschen."));
        var pdf = PdfCheckTest.pdf(page -> {});
        attach(chair, path, "Bänke am Wasser", Map.of("number", "VIII-DS-0815", "title", "Lageplan der Bänke"), pdf);
        attach(chair, path, "Bänke am Wasser", Map.of("title", "Vermerk zu Lieferanten", "closed", "yes"), pdf);
        attach(chair, path, "Ein Vertrag", Map.of("title", "Wortlaut des Vertrags"), pdf);
        var member = browser().signIn(Town.councillor("nordost", 2));
        assertThat(files(browser(), path))
                .as("before the invitation nobody outside reads papers")
                .isEmpty();
        assertThat(files(member, path)).hasSize(3);
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        var session = path.substring(path.lastIndexOf('/') + 1);
        assertThat(town.ask("select body from mails where topic = 'session-" + session + "-invitation' limit 1"))
                .contains("VIII-DS-0815: Lageplan der Bänke")
                .doesNotContain("Lieferanten")
                .doesNotContain("Wortlaut");
        assertThat(files(browser(), path)).hasSize(1);
        var all = files(member, path);
        assertThat(all).hasSize(3);
        for (var person :
                List.of("", Town.resident(2), Town.councillor("sued", 2), Town.coordinator("ost"), Town.officer())) {
            var browser = person.isEmpty() ? browser() : browser().signIn(person);
            assertThat(browser.page(path).text())
                    .contains("Lageplan der Bänke")
                    .doesNotContain("Lieferanten")
                    .doesNotContain("Wortlaut");
            assertThat(all.stream()
                            .map(file -> browser.get(file).statusCode())
                            .sorted()
                            .toList())
                    .as(person)
                    .containsExactly(200, 404, 404);
        }
        for (var file : all) {
            var answer = member.get(file);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .isEqualTo("application/pdf");
            assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                    .startsWith("attachment");
        }
        assertThat(browser().get(all.getFirst().replace("nordost", "sued")).statusCode())
                .isEqualTo(404);
        var open = files(browser(), path).getFirst();
        assertThat(oparl(session).at("/agendaItem/0/auxiliaryFile")).hasSize(1);
        var file = oparl(session).at("/agendaItem/0/auxiliaryFile/0");
        assertThat(file.at("/name").asText()).isEqualTo("VIII-DS-0815: Lageplan der Bänke");
        assertThat(file.at("/accessUrl").asText()).endsWith(open);
        assertThat(file.at("/sha512Checksum").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(pdf)));
        assertThat(browser()
                        .get("/oparl/v1.1/files?modified_since=2020-01-01T00:00:00Z")
                        .body())
                .contains("Lageplan")
                .doesNotContain("Lieferanten")
                .doesNotContain("Wortlaut");
    }

    @Test
    void what_comes_after_the_invitation_is_marked_and_what_was_wrong_is_withdrawn_with_a_reason() throws Exception {
        var chair = browser().signIn(Town.chair("nordwest"));
        var path = session("nordwest", 60);
        var session = path.substring(path.lastIndexOf('/') + 1);
        add(chair, path, Map.of("title", "Schatten für den Platz"));
        var pdf = PdfCheckTest.pdf(page -> {});
        attach(chair, path, "Schatten für den Platz", Map.of("title", "Erster Entwurf"), padded(pdf, 2_000_000));
        var first = files(chair, path).getFirst();
        assertThat(chair.post(first + "/removal", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        assertThat(town.ask("select count(*) from agenda_papers p join agenda_items i on i.id = p.item_id where"
                        + " i.session_id = " + session))
                .isEqualTo("0");
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        var request = UUID.randomUUID().toString();
        try (var pool = Executors.newFixedThreadPool(8)) {
            Callable<Integer> send = () -> post(
                            chair,
                            path,
                            "Schatten für den Platz",
                            Map.of("title", "Foto <b>vom</b> Platz", "request", request),
                            pdf)
                    .statusCode();
            for (var answer : pool.invokeAll(Collections.nCopies(8, send))) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        assertThat(town.ask("select count(*) from mails where topic = 'session-" + session + "-paper-" + request + "'"))
                .as("everybody was told once")
                .isEqualTo("12");
        var page = browser().page(path);
        assertThat(page.select(".agenda__papers li")).hasSize(1);
        assertThat(page.select(".agenda__papers b")).isEmpty();
        assertThat(page.select(".agenda__papers").text()).contains("Foto <b>vom</b> Platz", "nachgereicht");
        var late = files(browser(), path).getFirst();
        assertThat(chair.post(late + "/removal", form(chair, Map.of("reason", "kurz")))
                        .statusCode())
                .isEqualTo(422);
        assertThatThrownBy(() -> town.change("delete from agenda_papers where id = '" + request + "'"))
                .hasMessageContaining("stand");
        assertThatThrownBy(() -> town.change("update agenda_papers set open = false where id = '" + request + "'"))
                .hasMessageContaining("stand");
        var by = "(select planned_by from council_sessions where id = " + session + ")";
        town.change("insert into council_rooms (session_id, opened_at, opened_by) values (" + session + ", now(), " + by
                + ")");
        town.change("insert into council_room_ends values (" + session + ", now(), " + by + ")");
        assertThat(post(chair, path, "Schatten für den Platz", Map.of("title", "Nach dem Ende"), pdf)
                        .statusCode())
                .as("nothing is added once the session is closed")
                .isEqualTo(409);
        var why = "Auf dem Foto sind Menschen zu erkennen.";
        assertThat(chair.post(late + "/removal", form(chair, Map.of("reason", why)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(chair.post(late + "/removal", form(chair, Map.of("reason", why)))
                        .statusCode())
                .isEqualTo(409);
        assertThat(chair.get(late).statusCode()).isEqualTo(404);
        assertThat(browser().page(path).text()).contains(why);
        assertThat(oparl(session).at("/agendaItem/0").has("auxiliaryFile")).isFalse();
        assertThat(new ObjectMapper()
                        .readTree(browser()
                                .get("/oparl/v1.1/file/paper-" + request)
                                .body())
                        .at("/deleted")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_file_that_is_no_plain_pdf_or_has_no_name_comes_back_with_what_was_typed() throws Exception {
        var chair = browser().signIn(Town.chair("alt-west"));
        var path = session("alt-west", 60);
        add(chair, path, Map.of("title", "Spielplatz am Kanal"));
        var active = PdfCheckTest.pdf(page -> page.getDocumentCatalog().setOpenAction(new PDActionJavaScript("x")));
        var answer = post(chair, path, "Spielplatz am Kanal", Map.of("title", "X", "number", "VIII-9"), active);
        assertThat(answer.statusCode()).isEqualTo(422);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select(".error-summary li")).hasSize(2);
        assertThat(page.select("#number").val()).isEqualTo("VIII-9");
        assertThat(page.select("#document-error").text()).contains("Programme");
        assertThat(post(chair, path, "Spielplatz am Kanal", Map.of("title", "Ein Bild"), new byte[] {1, 2, 3})
                        .statusCode())
                .isEqualTo(422);
        for (var person : List.of(Town.resident(3), Town.councillor("alt-west", 1), Town.chair("nord"))) {
            var browser = browser().signIn(person);
            assertThat(post(browser, path, "Spielplatz am Kanal", Map.of("title", "Ein Plan"), active)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThatThrownBy(
                        () -> town.change("insert into agenda_papers (id, item_id, number, title, open, late, content,"
                            + " added_at, added_by) select gen_random_uuid(), id, '', 'Ein Plan', true, true, '\\x01',"
                            + " now(), added_by from agenda_items where title = 'Spielplatz am Kanal'"))
                .as("nothing is late before the invitation")
                .hasMessageContaining("stand");
    }

    @Test
    void a_session_with_many_papers_asks_the_database_as_often_as_one_without() throws Exception {
        var chair = browser().signIn(Town.chair("suedwest"));
        var path = session("suedwest", 60);
        add(chair, path, Map.of("title", "Erster Punkt"));
        add(chair, path, Map.of("title", "Zweiter Punkt"));
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        var guest = browser();
        guest.page(path);
        var few = queries.during(() -> guest.page(path)).size();
        var pdf = PdfCheckTest.pdf(page -> {});
        for (var title : List.of("Plan", "Bild", "Brief")) {
            attach(chair, path, "Erster Punkt", Map.of("title", title), pdf);
            attach(chair, path, "Zweiter Punkt", Map.of("title", title), pdf);
        }
        assertThat(queries.during(() -> guest.page(path)).size()).isEqualTo(few);
    }

    /** The same PDF with so many bytes more behind its end. */
    private static byte[] padded(byte[] pdf, int more) {
        return java.util.Arrays.copyOf(pdf, pdf.length + more);
    }

    private com.fasterxml.jackson.databind.JsonNode oparl(String session) throws Exception {
        return new ObjectMapper()
                .readTree(browser().get("/oparl/v1.1/meeting/" + session).body());
    }

    private static List<String> files(Browser browser, String path) {
        return browser.page(path).select(".agenda__papers a").eachAttr("href");
    }

    private void attach(Browser chair, String path, String item, Map<String, String> fields, byte[] pdf) {
        assertThat(post(chair, path, item, fields, pdf).statusCode()).isEqualTo(303);
    }

    private HttpResponse<String> post(
            Browser browser, String path, String item, Map<String, String> fields, byte[] pdf) {
        var form = new HashMap<>(fields);
        form.putIfAbsent("request", UUID.randomUUID().toString());
        form.put("csrf", browser.token());
        var id = town.ask("select id from agenda_items where session_id = " + path.substring(path.lastIndexOf('/') + 1)
                + " and title = '" + item + "'");
        return browser.postFile(path + "/agenda/" + id + "/papers", form, "document", "plan.pdf", pdf);
    }

    private static void add(Browser chair, String path, Map<String, String> fields) {
        assertThat(chair.post(path + "/agenda", form(chair, fields)).statusCode())
                .isEqualTo(303);
    }

    private String session(String district, int ahead) {
        var chair = browser().signIn(Town.chair(district));
        var path = "/council/sbb-" + district + "/sessions";
        for (var day = LocalDate.now(clock).plusDays(ahead); ; day = day.plusDays(1)) {
            var answer = chair.post(
                    path, form(chair, Map.of("days", day.toString(), "time", "18:00", "venue", "Saal im Erdgeschoss")));
            if (answer.statusCode() == 303) {
                return path + "/"
                        + town.ask("select session_id from council_days where body_key = 'sbb-" + district
                                + "' and day = '" + day + "'");
            }
        }
    }

    private static Map<String, String> form(Browser browser, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", browser.token());
        return form;
    }
}
