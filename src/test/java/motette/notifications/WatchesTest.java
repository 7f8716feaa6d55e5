package motette.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

@MicronautTest(transactional = false)
class WatchesTest extends PortalTest {

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Inject
    Digest digest;

    @AfterEach
    void real_time() {
        clock.reset();
    }

    @Test
    void an_address_follows_after_it_was_confirmed_by_a_button() {
        var guest = browser();
        var answer = guest.submit(
                guest.page("/watches?place=q:21"), "/watches", Map.of("place", "q:21", "email", "Ort@Stadt.Example"));
        assertThat(guest.follow(answer).select("[role=status]").text()).contains("öffnen Sie den Link");
        var path = link("ort@stadt.example", "/watches/confirmation/");
        guest.page(path);
        assertThat(confirmed("ort@stadt.example")).isEqualTo("0");
        assertThat(Browser.location(guest.submit(guest.page(path), path, Map.of())))
                .isEqualTo("/watches?said=followed");
        assertThat(confirmed("ort@stadt.example")).isEqualTo("1");
        assertThat(guest.post(path, Map.of()).statusCode()).isEqualTo(410);
    }

    @Test
    void whoever_gives_no_address_follows_with_a_program_of_their_own() throws Exception {
        var number = waiting.idea(Town.resident(2), "21", "Eine <Bank> & ein Tisch\u0007", Instant.now());
        waiting.idea(Town.resident(2), "21", "Noch nicht öffentlich", Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + number + ", 'published', now())");
        var page = browser().page("/watches");
        assertThat(page.select("form[action=/watches/news.atom] select[name=place] option[value=q:21]"))
                .hasSize(1);
        var answer = browser().get("/watches/news.atom?place=q:21&lang=de");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/atom+xml");
        var parser = DocumentBuilderFactory.newDefaultNSInstance();
        parser.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var feed = parser.newDocumentBuilder().parse(new InputSource(new StringReader(answer.body())));
        assertThat(feed.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2005/Atom");
        var entry = (Element) feed.getElementsByTagName("entry").item(0);
        assertThat(entry.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Veröffentlicht: Eine <Bank> & ein Tisch ");
        assertThat(((Element) entry.getElementsByTagName("link").item(0)).getAttribute("href"))
                .endsWith("/ideas/" + number);
        assertThat(answer.body()).doesNotContain("Noch nicht öffentlich");
        assertThat(browser().get("/watches/news.atom?place=d:1&lang=en").statusCode())
                .isEqualTo(200);
        for (var nowhere : new String[] {"", "?place=q:999", "?place=x", "?place=d:%27"}) {
            assertThat(browser().get("/watches/news.atom" + nowhere).statusCode())
                    .as(nowhere)
                    .isEqualTo(404);
        }
    }

    @Test
    void nobody_fills_the_mailbox_of_somebody_else() throws Exception {
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (var asked : threads.invokeAll(IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> browser()
                            .post(
                                    "/watches",
                                    Map.of(
                                            "place",
                                            "q:" + (i % 2 == 0 ? "00" : "0" + i % 9),
                                            "email",
                                            "opfer@stadt.example"))
                            .statusCode())
                    .toList())) {
                assertThat(asked.get()).isIn(303, 422);
            }
        }
        assertThat(Integer.parseInt(waiting.ask("select count(*) from mails where recipient = 'opfer@stadt.example'")))
                .isBetween(1, 5);
        assertThat(waiting.ask("select count(*) = count(distinct quarter_key) from watches where email ="
                        + " 'opfer@stadt.example'"))
                .isEqualTo("t");
    }

    @Test
    void one_mail_a_week_tells_of_all_places_and_ends_at_one_click_without_a_sign_in() {
        var person = browser().signIn(Town.resident(5));
        var address = Town.resident(5) + "@motette.example";
        for (var place :
                new String[] {"q:21", "q:21", "d:" + waiting.ask("select district_key from quarters where key = '22'")
                }) {
            person.post("/watches", Map.of("csrf", person.token(), "place", place));
        }
        assertThat(person.page("/watches").select("#mine ~ form")).hasSize(2);
        waiting.change("update watches set confirmed_at = now() - interval '30 days' where confirmed_at is not null");
        var monday = LocalDate.of(2027, 3, 1);
        publish("21", "Eine Rutsche für den Hang", monday.minusDays(3));
        publish("22", "Ein Brunnen für den Platz", monday.minusDays(7));
        publish("21", "Zu alt für diese Woche", monday.minusDays(8));
        clock.set(monday.atTime(8, 0).atZone(Time.ZONE).toInstant());
        digest.write();
        digest.write();
        var mails = "select %s from mails where recipient = '" + address + "' and topic like 'places-%%'";
        assertThat(waiting.ask(mails.formatted("string_agg(topic, ',')"))).isEqualTo("places-2027-W08");
        assertThat(waiting.ask(mails.formatted("body")))
                .contains("Eine Rutsche für den Hang", "Ein Brunnen für den Platz")
                .doesNotContain("Zu alt", "{");
        var end = waiting.ask(mails.formatted("unsubscribe")).replaceFirst("https?://[^/]+", "");
        assertThat(end).matches("/watches/end/[A-Za-z0-9_-]{43}");
        browser().page(end);
        var later = browser().signIn(Town.resident(5));
        assertThat(later.page("/watches").select("#mine ~ form")).hasSize(2);
        var oneClick = browser().post(end, Map.of("List-Unsubscribe", "One-Click"));
        assertThat(oneClick.statusCode()).isEqualTo(200);
        assertThat(later.page("/watches").select("#mine ~ form")).isEmpty();
        assertThat(browser()
                        .postParts(end, Map.of("List-Unsubscribe", "One-Click"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void somebody_elses_watch_stays() {
        var person = browser().signIn(Town.resident(6));
        person.post("/watches", Map.of("csrf", person.token(), "place", "q:30"));
        var watch = waiting.ask("select max(id) from watches");
        var other = browser().signIn(Town.resident(7));
        other.post("/watches/" + watch + "/withdrawal", Map.of("csrf", other.token()));
        assertThat(waiting.ask("select count(*) from watches where id = " + watch))
                .isEqualTo("1");
        person.post("/watches/" + watch + "/withdrawal", Map.of("csrf", person.token()));
        assertThat(waiting.ask("select count(*) from watches where id = " + watch))
                .isEqualTo("0");
    }

    @Test
    void what_is_missing_comes_back_with_a_sentence() {
        var answer = browser().post("/watches", Map.of("place", "q:nowhere", "email", "kein-ort"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("Bitte wählen Sie einen Ort.", "vollständige E-Mail-Adresse", "kein-ort");
    }

    private void publish(String quarter, String title, LocalDate day) {
        long idea = waiting.idea(Town.resident(2), quarter, title, Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + idea
                + ", 'published', timestamptz '" + day + " 12:00 Europe/Berlin')");
    }

    private String confirmed(String address) {
        return waiting.ask("select count(*) from watches where confirmed_at is not null and email = '" + address + "'");
    }

    private String link(String address, String path) {
        var link = Pattern.compile(path + "[A-Za-z0-9_-]{43}")
                .matcher(waiting.ask("select body from mails where recipient = '" + address + "'"));
        assertThat(link.find()).isTrue();
        return link.group();
    }
}
