package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import motette.Browser;
import motette.PortalTest;
import motette.people.Visitor;
import motette.shared.Refused;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The proof of use: figures to the cent, receipts, pictures, and what comes back to be mended. */
@MicronautTest(transactional = false)
class GrantProofTest extends PortalTest {

    private static final String REPORT = "Wir haben an drei Samstagen zusammen gebaut.";

    @Inject
    SomeGrants some;

    @Inject
    PlayedGrants played;

    @Inject
    GrantRepository grants;

    @Inject
    Clock clock;

    @Test
    void figures_that_do_not_add_up_come_back_with_what_was_typed() {
        long id = paid(Town.resident(3));
        var browser = browser().signIn(Town.resident(3));
        var typed = full(browser);
        typed.put("spent", "1499,99");
        var answer = browser.post("/grants/" + id + "/proof", typed);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Jsoup.parse(answer.body()).text()).contains("müssen gleich sein", "1.499,99");
        assertThat(Jsoup.parse(answer.body()).select("#receipt-1-trade").val()).isEqualTo("Baumarkt");
        assertThat(Jsoup.parse(answer.body()).select("#extra-1-what").val()).isEqualTo("Schrauben");
        assertThat(browser.post("/grants/" + id + "/sums", typed).body())
                .contains("\"state\":\"short\"")
                .contains("1.500");
        typed.put("again", "rows");
        var more = Jsoup.parse(browser.post("/grants/" + id + "/proof", typed).body());
        assertThat(more.select("[id$=-trade]")).hasSize(6);
        typed.remove("again");
        typed.put("receipt-1-amount", "1.600");
        typed.put("spent", "1500");
        assertThat(Jsoup.parse(browser.post("/grants/" + id + "/proof", typed).body())
                        .text())
                .contains("Die Belege ergeben zusammen mehr");
        typed.put("receipt-1-amount", "");
        typed.put("receipt-1-day", "2999-01-01");
        var wrong = Jsoup.parse(browser.post("/grants/" + id + "/proof", typed).body());
        assertThat(wrong.select(".error-summary a").eachAttr("href"))
                .containsExactly("#receipt-1-day", "#receipt-1-amount");
    }

    @Test
    void what_the_office_gives_back_stands_there_again_and_is_settled_when_it_is_accepted() {
        long id = paid(Town.resident(4));
        var browser = browser().signIn(Town.resident(4));
        assertThat(browser.post("/grants/" + id + "/proof", full(browser)).statusCode())
                .isEqualTo(303);
        var officer = browser().signIn(Town.officer());
        assertThat(officer.page("/grants/" + id + "/file").text())
                .contains("Schrauben", "Baumarkt", "Bretter für drei Bänke", REPORT);
        played.act(
                played.officer(),
                id,
                "answer",
                Map.of("version", "1", "outcome", "returned", "note", "Es fehlt der Beleg für die Farbe."));
        var again = browser.page("/grants/" + id + "/proof");
        assertThat(again.text()).contains("Es fehlt der Beleg für die Farbe.");
        assertThat(again.select("#receipt-1-purpose").val()).isEqualTo("Bretter für drei Bänke");
        assertThat(again.select("#extra-1").val()).isEqualTo("99,50");
        assertThat(again.select("#spent").val()).isEqualTo("1500,00");
        assertThat(again.select("#report").text()).isEqualTo(REPORT);
        var typed = full(browser);
        typed.put("after", "1");
        assertThat(browser.post("/grants/" + id + "/proof", typed).statusCode()).isEqualTo(303);
        played.act(played.officer(), id, "answer", Map.of("version", "2", "outcome", "accepted"));
        assertThat(played.file(id).returned()).isEqualTo(50_000);
        assertThat(played.file(id).ended()).isTrue();
        assertThat(browser.get("/grants/" + id + "/proof").statusCode()).isEqualTo(303);
    }

    @Test
    void pictures_are_drawn_anew_and_stay_once_they_were_sent() throws Exception {
        long id = paid(Town.resident(5));
        var browser = browser().signIn(Town.resident(5));
        var jpeg = jpeg();
        assertThat(upload(browser, id, jpeg, "").statusCode()).isEqualTo(422);
        assertThat(upload(browser, id, "kein Bild".getBytes(StandardCharsets.UTF_8), "Drei Bänke")
                        .statusCode())
                .isEqualTo(422);
        assertThat(upload(browser, id, jpeg, "Drei Bänke").statusCode()).isEqualTo(303);
        assertThat(upload(browser, id, jpeg, "Noch ein Bild").statusCode()).isEqualTo(303);
        var pictures =
                browser.page("/grants/" + id + "/proof").select(".gallery img").eachAttr("src");
        assertThat(pictures).hasSize(2);
        assertThat(bytes(browser, pictures.getFirst())).doesNotContain("GEHEIM").startsWith("\u00ff\u00d8");
        assertThat(browser().signIn(Town.officer()).get(pictures.getFirst()).statusCode())
                .isEqualTo(404);
        var second = pictures.getLast().substring(pictures.getLast().lastIndexOf('/') + 1);
        assertThat(browser.postParts("/grants/" + id + "/photos", Map.of("csrf", browser.token(), "remove", second))
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.post("/grants/" + id + "/proof", full(browser)).statusCode())
                .isEqualTo(303);
        assertThat(browser().signIn(Town.officer()).get(pictures.getFirst()).statusCode())
                .isEqualTo(200);
        assertThat(browser().signIn(Town.resident(6)).get(pictures.getFirst()).statusCode())
                .isEqualTo(404);
        assertThat(browser.get(pictures.getLast()).statusCode()).isEqualTo(404);
        assertThatThrownBy(() -> some.change("delete from grant_photos where resolution_id = ?", id))
                .hasStackTraceContaining("was sent");
    }

    @Test
    void the_database_itself_adds_the_figures_up() {
        long id = paid(Town.resident(6));
        assertThatThrownBy(() -> some.change(
                        "insert into grant_proofs values (?, 1, 'final', 100, ?, ?, now())",
                        id,
                        REPORT,
                        some.person(Town.resident(6))))
                .hasStackTraceContaining("do not add up");
    }

    @Test
    void a_stranger_writes_no_proof() {
        long id = paid(Town.resident(7));
        var stranger = browser().signIn(Town.resident(8));
        assertThat(stranger.get("/grants/" + id + "/proof").statusCode()).isEqualTo(404);
        assertThat(stranger.post("/grants/" + id + "/sums", full(stranger)).statusCode())
                .isEqualTo(404);
        assertThat(upload(stranger, id, jpeg(), "Drei Bänke").statusCode()).isEqualTo(404);
        Visitor officer = played.officer();
        assertThatThrownBy(() -> played.act(officer, id, "proof", Map.of())).isInstanceOf(motette.shared.Denied.class);
        assertThatThrownBy(() -> played.act(officer, id, "answer", Map.of("version", "1", "outcome", "accepted")))
                .isInstanceOf(Refused.class);
    }

    /** 2,000 EUR granted, 1,500 EUR paid; planned: wood for 1,999.99 EUR and paint for one cent. */
    private long paid(String person) {
        long id = some.ownProject(person, 200_000);
        var applicant = played.person(person);
        played.issueAndWaive(id, applicant);
        played.pay(id, applicant, "1.500");
        return id;
    }

    private Map<String, String> full(Browser browser) {
        return new HashMap<>(Map.ofEntries(
                Map.entry("csrf", browser.token()),
                Map.entry("after", "0"),
                Map.entry("kind", "final"),
                Map.entry("actual-1", "1.400,50"),
                Map.entry("actual-2", "0"),
                Map.entry("extra-1-what", "Schrauben"),
                Map.entry("extra-1", "99,50"),
                Map.entry("spent", "1.500"),
                Map.entry("receipt-1-day", LocalDate.now(clock).toString()),
                Map.entry("receipt-1-trade", "Baumarkt"),
                Map.entry("receipt-1-purpose", "Bretter für drei Bänke"),
                Map.entry("receipt-1-amount", "1.400,50"),
                Map.entry("report", REPORT)));
    }

    private static byte[] jpeg() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_3BYTE_BGR), "jpeg", bytes);
            bytes.write("GEHEIM".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String bytes(Browser browser, String path) {
        return new String(
                browser.sendForBytes(HttpRequest.newBuilder(browser.home().resolve(path))
                                .build())
                        .body(),
                StandardCharsets.ISO_8859_1);
    }

    private static HttpResponse<String> upload(Browser browser, long id, byte[] file, String alt) {
        var edge = "----edge-of-the-parts";
        var part = "--" + edge + "\r\nContent-Disposition: form-data; name=\"";
        var start = part + "csrf\"\r\n\r\n" + browser.token() + "\r\n" + part + "alt\"\r\n\r\n" + alt + "\r\n" + part
                + "photo\"; filename=\"bild.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        return browser.send(HttpRequest.newBuilder(browser.home().resolve("/grants/" + id + "/photos"))
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .header("Origin", browser.home().toString())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(start),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--" + edge + "--\r\n")))
                .build());
    }
}
