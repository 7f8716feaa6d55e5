package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PdfUa;
import motette.PortalTest;
import motette.Queries;
import motette.Waiting;
import motette.town.Town;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class MinutesTest extends PortalTest {

    private static final String SECRET = "Quittenmarmeladenstreit";
    private static final String SECRECY = "Es geht um Sanddornsirupverträge einzelner Menschen.";

    @Inject
    Clock clock;

    @Inject
    Waiting town;

    @Inject
    Queries queries;

    @Inject
    HeldSessions held;

    @Test
    void the_page_asks_the_database_as_often_for_many_items_as_for_few() {
        var chair = browser().signIn(Town.chair("suedost"));
        var few = "/council/sbb-suedost/sessions/" + Sittings.closed(town, "sbb-suedost") + "/minutes";
        var many = closed("suedost");
        int statements = queries.during(() -> chair.page(few)).size();
        assertThat(queries.during(() -> chair.page(many))).hasSize(statements);
    }

    @Test
    void the_draft_says_what_the_records_say() {
        var path = closed("sued");
        var chair = browser().signIn(Town.chair("sued"));
        var page = chair.page(path);
        var text = page.select("main").text();
        assertThat(text)
                .contains("Ort: Saal im Erdgeschoss")
                .contains("11 Stimmen, davon mindestens 1/2, also 6. Zu Beginn waren 8 anwesend: beschlussfähig.")
                .contains("hat an Beratung und Abstimmung nicht teilgenommen (§ 20 SächsGemO).")
                .contains("Offene Abstimmung über Antrag 1: 6 Ja, 1 Nein, 0 Enthaltungen: angenommen.")
                .contains("Namentliche Abstimmung über Antrag 1: 5 Ja, 3 Nein")
                .contains("Geheime Abstimmung über Antrag 1: 8 Ja, 0 Nein")
                .contains("Beschluss: Am Wasser stehen künftig Bänke.")
                .contains("Nachtrag vom", "Der Baum muss vor dem Winter weg.")
                .contains("TOP N 1: " + SECRET, SECRECY);
        assertThat(text.substring(text.indexOf("Abwesend:"), text.indexOf("Beschlussfähigkeit"))
                        .split(","))
                .as("eleven seats, eight came")
                .hasSize(3);
        assertThat(text.substring(text.indexOf("Ja: "))).as("who voted by name").contains("Nein: ");
    }

    @Test
    void what_is_added_makes_a_version_and_what_is_recorded_cannot_be_typed_over() throws Exception {
        var path = closed("west");
        var chair = browser().signIn(Town.chair("west"));
        var key = chair.page(path).select("textarea").get(2).attr("name");
        assertThat(chair.post(path + "/versions", form(chair, Map.of("base", "0", key, "x".repeat(5001))))
                        .statusCode())
                .isEqualTo(422);
        var typed = form(chair, Map.of("base", "0", key, "Frau Demo-Muster sprach für die Bänke.", "lines", "Gelogen"));
        var codes = atOnce(IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Integer>)
                        () -> chair.post(path + "/versions", typed).statusCode())
                .toList());
        assertThat(codes).containsOnly(303);
        assertThat(town.ask("select count(*) from minutes_versions where session_id = " + id(path)))
                .isEqualTo("1");
        var other = form(chair, Map.of("base", "0", key, "Etwas anderes."));
        assertThat(chair.post(path + "/versions", other).statusCode()).isEqualTo(409);
        assertThat(chair.post(path + "/versions", form(chair, Map.of("base", "1", key, "Etwas anderes.")))
                        .statusCode())
                .isEqualTo(303);
        assertThat(chair.page(path).select("textarea[name=" + key + "]").text()).isEqualTo("Etwas anderes.");
        assertThat(town.ask("select content from minutes_versions where version = 1 and session_id = " + id(path)))
                .contains("Demo-Muster")
                .doesNotContain("Gelogen");
        assertThatThrownBy(() -> town.change("update minutes_versions set content = '{}'"))
                .hasMessageContaining("minutes_versions");
    }

    @Test
    void three_people_sign_and_then_only_corrections_stand_beside() throws Exception {
        var path = closed("nord");
        var chair = browser().signIn(Town.chair("nord"));
        var office = browser().signIn(Town.administrator());
        var member = browser().signIn(Town.councillor("nord", 1));
        assertThat(browser().page(path).text()).contains("noch nicht unterschrieben");
        assertThat(browser().get(path + "/file.pdf").statusCode()).isEqualTo(404);
        assertThat(office.post(path + "/versions", form(office, Map.of("base", "0")))
                        .statusCode())
                .isEqualTo(303);
        assertThat(sign(chair, path, "minute-taker")).as("wrote nothing").isEqualTo(409);
        assertThat(sign(member, path, "chair")).isEqualTo(403);
        assertThat(sign(browser().signIn(Town.councillor("nord", 10)), path, "member"))
                .as("was not there")
                .isEqualTo(409);
        assertThat(sign(office, path, "minute-taker")).isEqualTo(303);
        var codes = atOnce(IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Integer>) () -> sign(chair, path, "chair"))
                .toList());
        assertThat(codes).containsOnly(303);
        assertThat(browser().page(path).text()).contains("noch nicht unterschrieben");
        var members = atOnce(IntStream.rangeClosed(1, 6)
                .mapToObj(i -> {
                    var browser = browser().signIn(Town.councillor("nord", i));
                    return (Callable<Integer>) () -> sign(browser, path, "member");
                })
                .toList());
        assertThat(members).filteredOn(code -> code == 303).hasSize(1);
        assertThat(town.ask("select count(*) from minutes_signatures where session_id = " + id(path)))
                .isEqualTo("3");
        assertThat(office.post(path + "/versions", form(office, Map.of("base", "1", "text-session", "Noch etwas.")))
                        .statusCode())
                .isEqualTo(409);
        assertThatThrownBy(() -> town.change("insert into minutes_versions select session_id, 2, content, sha256,"
                        + " open_sha256, at, by from minutes_versions where session_id = " + id(path)))
                .hasMessageContaining("further on");
        var content = town.ask("select content from minutes_versions where session_id = " + id(path));
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes("UTF-8")));
        assertThat(chair.page(path).select("code").text()).isEqualTo(hash);
        assertThat(browser().page(path).select("code").text()).hasSize(64).isNotEqualTo(hash);
        correct(office, path, "Es waren neun und nicht acht Gäste da.", true);
        correct(office, path, "Zum " + SECRET + " fehlte ein Blatt.", false);
        assertThat(browser().page(path).text()).contains("neun und nicht acht").doesNotContain("fehlte ein Blatt");
        assertThat(member.page(path).text()).contains("fehlte ein Blatt");
        assertThat(browser().page("/audit?kind=council").text())
                .contains("Niederschrift unterschrieben", "Niederschrift berichtigt");
        assertThat(office.post(path + "/approval", form(office, Map.of("base", "1", "how", "")))
                        .statusCode())
                .isEqualTo(422);
        assertThat(office.post(path + "/approval", form(office, Map.of("base", "1", "how", "lapse")))
                        .statusCode())
                .as("too early")
                .isEqualTo(422);
    }

    @Test
    void a_later_session_approves_and_then_no_version_follows() {
        var path = closed("nordwest");
        var chair = browser().signIn(Town.chair("nordwest"));
        assertThat(chair.post(path + "/versions", form(chair, Map.of("base", "0")))
                        .statusCode())
                .isEqualTo(303);
        var later = id(closed("nordwest", 70));
        assertThat(chair.post(path + "/approval", form(chair, Map.of("base", "1", "how", later)))
                        .statusCode())
                .isEqualTo(303);
        assertThat(chair.page(path).text()).contains("Genehmigt in der Sitzung am");
        assertThat(chair.post(path + "/versions", form(chair, Map.of("base", "1", "text-session", "Noch etwas.")))
                        .statusCode())
                .isEqualTo(409);
        assertThat(chair.post(path + "/approval", form(chair, Map.of("base", "1", "how", later)))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void of_what_is_not_public_the_signed_minutes_have_no_word_and_everybody_can_read_the_pdf() throws Exception {
        var path = closed("nordost");
        signed(path, "nordost");
        var page = browser().page(path);
        assertThat(page.text())
                .contains("Ein Mitglied hat an Beratung und Abstimmung nicht teilgenommen")
                .doesNotContain("TOP N 1");
        var biased =
                town.ask("select p.pseudonym from item_biases b join agenda_items i on i.id = b.item_id join persons"
                        + " p on p.id = b.person_id where i.session_id = " + id(path));
        assertThat(page.text()).doesNotContain(biased + " hat an Beratung");
        var open = pdf(browser(), path + "/file.pdf");
        PdfUa.keeps(open);
        var member = browser().signIn(Town.councillor("nordost", 2));
        var whole = pdf(member, path + "/file.pdf");
        PdfUa.keeps(whole);
        assertThat(text(whole)).contains(SECRET, "Sanddornsirup", biased + " hat an Beratung");
        for (var read : List.of(text(open), text(pdf(member, path + "/file.pdf?view=public")))) {
            assertThat(read)
                    .contains("Bänke am Wasser", "Namentliche Abstimmung")
                    .doesNotContain("Quitten")
                    .doesNotContain("Sanddorn");
        }
        for (var person : List.of("", Town.resident(2), Town.councillor("mitte", 2))) {
            var reader = person.isEmpty() ? browser() : browser().signIn(person);
            var waiting = new ArrayDeque<>(List.of(
                    path,
                    path + "?view=public",
                    path.replace("/minutes", ""),
                    "/council/sbb-nordost/sessions",
                    "/oparl/v1.1/meetings",
                    "/oparl/v1.1/files",
                    "/audit?kind=council",
                    "/audit/export.ndjson"));
            var seen = new HashSet<>(waiting);
            for (int pages = 0; !waiting.isEmpty() && pages < 60; pages++) {
                var next = waiting.removeFirst();
                var answer = reader.get(next);
                assertThat(answer.body())
                        .as(person + " " + next)
                        .doesNotContain("Quittenmarm")
                        .doesNotContain("Sanddorn");
                org.jsoup.Jsoup.parse(answer.body()).select("a[href^=/council]").forEach(link -> {
                    var to = link.attr("href").replaceFirst("#.*", "");
                    if (!to.endsWith(".pdf") && seen.add(to)) {
                        waiting.add(to);
                    }
                });
            }
        }
        assertThat(browser().get("/oparl/v1.1/meeting/" + id(path)).body()).contains("minutes-" + id(path));
    }

    @Test
    void a_session_of_the_demo_city_is_held_like_any_other_and_its_minutes_are_signed() throws Exception {
        long id = held.hold(
                "sbb-mitte",
                LocalDate.now(clock).minusDays(30),
                Town.chair("mitte"),
                Town.administrator(),
                IntStream.rangeClosed(1, 9)
                        .mapToObj(seat -> Town.councillor("mitte", seat))
                        .toList());
        var path = "/council/sbb-mitte/sessions/" + id + "/minutes";
        var page = browser().page(path);
        assertThat(page.text())
                .contains("Zu Beginn waren 8 anwesend: beschlussfähig.")
                .contains("Ein Mitglied hat an Beratung und Abstimmung nicht teilgenommen")
                .contains("4 Ja, 4 Nein, 1 Enthaltung: abgelehnt.")
                .contains("Ein Sonntag ohne Autos (Nachtrag vom")
                .contains("Beschluss: Der Beirat stimmt einem Sonntag ohne Autos im Mai zu.")
                .doesNotContain("Beschluss: Die Sitzungen beginnen künftig erst um 19 Uhr.");
        var pdf = pdf(browser(), path + "/file.pdf");
        PdfUa.keeps(pdf);
        assertThat(text(pdf)).contains("Schriftführung Demo-Büro für Ratsangelegenheiten");
    }

    private void signed(String path, String district) {
        var chair = browser().signIn(Town.chair(district));
        var office = browser().signIn(Town.administrator());
        assertThat(office.post(path + "/versions", form(office, Map.of("base", "0")))
                        .statusCode())
                .isEqualTo(303);
        assertThat(sign(office, path, "minute-taker")).isEqualTo(303);
        assertThat(sign(chair, path, "chair")).isEqualTo(303);
        assertThat(sign(browser().signIn(Town.councillor(district, 3)), path, "member"))
                .isEqualTo(303);
    }

    private int sign(Browser browser, String path, String role) {
        var base = town.ask("select max(version) from minutes_versions where session_id = " + id(path));
        return browser.post(path + "/signatures", form(browser, Map.of("base", base, "role", role)))
                .statusCode();
    }

    private void correct(Browser browser, String path, String words, boolean everyone) {
        var fields = new HashMap<>(Map.of("request_id", UUID.randomUUID().toString(), "words", words));
        if (everyone) {
            fields.put("everyone", "yes");
        }
        for (int i = 0; i < 2; i++) {
            assertThat(browser.post(path + "/corrections", form(browser, fields))
                            .statusCode())
                    .isEqualTo(303);
        }
        assertThat(town.ask("select count(*) from minutes_corrections where words = '" + words + "'"))
                .isEqualTo("1");
    }

    private String closed(String district) {
        return closed(district, 40);
    }

    /** A session with four items, of which one is not public and one was added late, that took place and is closed. */
    private String closed(String district, int ahead) {
        var chair = browser().signIn(Town.chair(district));
        var plan = "/council/sbb-" + district + "/sessions";
        var session = "";
        for (var day = LocalDate.now(clock).plusDays(ahead); session.isEmpty(); day = day.plusDays(1)) {
            var answer = chair.post(
                    plan, form(chair, Map.of("days", day.toString(), "time", "18:00", "venue", "Saal im Erdgeschoss")));
            if (answer.statusCode() == 303) {
                session = town.ask("select session_id from council_days where body_key = 'sbb-" + district
                        + "' and day = '" + day + "'");
            }
        }
        var path = plan + "/" + session;
        add(chair, path, Map.of("title", "Bänke am Wasser"));
        add(chair, path, Map.of("title", SECRET, "closed", "yes", "secrecy", SECRECY));
        add(chair, path, Map.of("title", "Lampen im Park"));
        assertThat(chair.post(path + "/invitation", form(chair, Map.of())).statusCode())
                .isEqualTo(303);
        add(chair, path, Map.of("title", "Sturmschaden", "urgency", "Der Baum muss vor dem Winter weg."));
        var sitting = new Sittings(town, Long.parseLong(session));
        sitting.open(8);
        sitting.call(item(session, "Bänke am Wasser"));
        sitting.bias(item(session, "Bänke am Wasser"), 2, "employer");
        sitting.resolve(item(session, "Bänke am Wasser"), "open", "Am Wasser stehen künftig Bänke.", 6);
        sitting.call(item(session, "Lampen im Park"));
        sitting.resolve(item(session, "Lampen im Park"), "names", "Im Park brennen nachts Lampen.", 5);
        sitting.call(item(session, "Sturmschaden"));
        sitting.end(item(session, "Sturmschaden"), "noted");
        sitting.call(item(session, SECRET));
        sitting.resolve(item(session, SECRET), "secret", "Der " + SECRET + " wird beigelegt.", 8);
        sitting.close();
        return path + "/minutes";
    }

    private static void add(Browser chair, String path, Map<String, String> fields) {
        var answer = chair.post(path + "/agenda", form(chair, fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    }

    private long item(String session, String title) {
        return Long.parseLong(
                town.ask("select id from agenda_items where session_id = " + session + " and title = '" + title + "'"));
    }

    private static String id(String path) {
        return path.replaceAll(".*/sessions/(\\d+)/minutes", "$1");
    }

    private static <T> List<T> atOnce(List<Callable<T>> deeds) throws Exception {
        var answers = new ArrayList<T>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var answer : pool.invokeAll(deeds)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private byte[] pdf(Browser browser, String path) throws Exception {
        var answer = browser.sendForBytes(
                HttpRequest.newBuilder(server.getURI().resolve(path)).GET().build());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static String text(byte[] pdf) throws Exception {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private static Map<String, String> form(Browser browser, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", browser.token());
        return form;
    }
}
