package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class TranslationsTest extends PortalTest {

    private static final String WEST = "63";

    @Inject
    Waiting waiting;

    private final HttpServer service = listen();
    private volatile String answer = "{}";
    private volatile String asked = "";

    /** A translation service that answers what the test says. */
    @Override
    public Map<String, String> getProperties() {
        service.createContext("/translate", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var said = answer;
            var bytes = said.getBytes(StandardCharsets.UTF_8);
            if (said.equals("slow")) {
                try {
                    Thread.sleep(3_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(said.startsWith("{") ? 200 : 500, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
        var properties = new HashMap<>(super.getProperties());
        properties.put(
                "motette.translation.url",
                "http://127.0.0.1:" + service.getAddress().getPort() + "/");
        properties.put("motette.translation.patience", "1s");
        return properties;
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    void end() {
        service.stop(0);
    }

    @Test
    void an_author_offers_a_translation_a_coordinator_publishes_it_and_readers_meet_it_in_their_language() {
        var idea = published("Eine Bank am Kanal");
        var author = browser().signIn(Town.resident(2));
        assertThat(author.page("/ideas/" + idea).select("a[href=/ideas/" + idea + "/translations]"))
                .hasSize(1);
        var offered = author.follow(write(author, idea, "ar", "مقعد على القناة", "نريد مقعدًا للجلوس على ضفة القناة."));
        assertThat(offered.select(".notice[data-kind=success]").text()).contains("Koordination");
        assertThat(offered.select(".readings-list .badge").text()).contains("zweiten Blick");
        assertThat(browser().page("/ideas/" + idea + "?lang=ar").select("h1").text())
                .as("not before the second look")
                .isEqualTo("Eine Bank am Kanal");

        var west = browser().signIn(Town.coordinator("west"));
        assertThat(west.page("/moderation")
                        .select(".queue a[href=/ideas/" + idea + "/translations]")
                        .text())
                .contains("مقعد على القناة", "العربية");
        var desk = west.page("/ideas/" + idea + "/translations");
        var form = desk.select("form[action$=/publication]").attr("action");
        assertThat(west.submit(desk, form, Map.of()).statusCode()).isEqualTo(303);

        var arabic = browser().page("/ideas/" + idea + "?lang=ar");
        assertThat(arabic.select("h1").text()).isEqualTo("مقعد على القناة");
        assertThat(arabic.select("h1").attr("lang")).isEqualTo("ar");
        assertThat(arabic.select("h1").attr("dir")).isEqualTo("rtl");
        assertThat(arabic.select(".prose").attr("lang")).isEqualTo("ar");
        assertThat(arabic.select(".readings").text()).contains("ترجمة صاحب الفكرة");
        var original = arabic.select(".readings a[href$=read=de]").attr("href");
        var back = browser();
        back.get("/?lang=ar");
        assertThat(back.page(original).select("h1").text()).isEqualTo("Eine Bank am Kanal");
        assertThat(back.page(original).select("h1").attr("dir")).isEqualTo("ltr");

        var german = browser().page("/ideas/" + idea + "?lang=de");
        assertThat(german.select("h1").text()).isEqualTo("Eine Bank am Kanal");
        assertThat(german.select(".readings a").text()).contains("العربية");
        var card = browser().page("/ideas?quarter=" + WEST + "&lang=ar").select("a[href=/ideas/" + idea + "]");
        assertThat(card.text()).isEqualTo("مقعد على القناة");
        assertThat(card.attr("dir")).isEqualTo("rtl");
        assertThat(waiting.ask("select string_agg(deed, ', ' order by id) from audit_entries where subject = 'idea:"
                        + idea + "' and deed like 'idea.translation%'"))
                .isEqualTo("idea.translation-offer, idea.translation");
    }

    @Test
    void a_translation_says_when_the_idea_has_changed_since() {
        var idea = published("Eine Schaukel im Park");
        var west = browser().signIn(Town.coordinator("west"));
        write(
                west,
                idea,
                "en",
                "A swing in the park",
                "A swing for children in the park.",
                "made-by",
                "volunteer",
                "helper",
                "Demo-Helferin Süd");
        assertThat(browser()
                        .page("/ideas/" + idea + "?lang=en")
                        .select(".readings")
                        .text())
                .contains("Translated by Demo-Helferin Süd, a volunteer")
                .doesNotContain("changed since");
        waiting.change("update ideas set description = description || ' Und eine Rutsche.' where number = " + idea);
        assertThat(browser()
                        .page("/ideas/" + idea + "?lang=en")
                        .select(".readings")
                        .text())
                .contains("changed since");
    }

    @Test
    void a_new_wording_ends_the_one_before_it_and_what_was_public_is_never_overwritten() {
        var idea = published("Ein Tisch zum Spielen");
        var west = browser().signIn(Town.coordinator("west"));
        write(west, idea, "de-simple", "Ein Spiel-Tisch", "Wir wollen einen Tisch. Am Tisch kann man spielen.");
        write(west, idea, "de-simple", "Ein Tisch für Spiele", "Wir wollen einen Tisch. Am Tisch kann man spielen.");
        var leicht = browser().page("/ideas/" + idea + "?lang=de-simple");
        assertThat(leicht.select("h1").text()).isEqualTo("Ein Tisch für Spiele");
        assertThat(leicht.select("h1").attr("lang")).isEqualTo("de-simple");
        assertThat(waiting.ask(
                        "select count(*) || ' ' || count(ended_at) from idea_translations where idea_number = " + idea))
                .isEqualTo("2 1");
        assertThat(waiting.ask("select count(*) from idea_translations where title = 'Ein Spiel-Tisch' and ended_at"
                        + " is not null"))
                .isEqualTo("1");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> waiting.change(
                        "update idea_translations set title = 'Etwas anderes' where idea_number = " + idea))
                .hasMessageContaining("stays as it was written");
    }

    @Test
    void many_writing_at_once_leave_one_public_wording_in_a_language() throws Exception {
        var idea = published("Ein Zaun weniger");
        var requests = new ArrayList<Callable<HttpResponse<String>>>();
        for (int i = 0; i < 12; i++) {
            var west = browser().signIn(Town.coordinator("west"));
            var token = west.token();
            int number = i;
            requests.add(() -> west.post(
                    "/ideas/" + idea + "/translations",
                    Map.of(
                            "csrf",
                            token,
                            "language",
                            "uk",
                            "title",
                            "Назва " + number,
                            "description",
                            "Опис ідеї " + number)));
        }
        assertThat(Together.send(requests)).allMatch(sent -> sent.statusCode() == 303);
        assertThat(waiting.ask(
                        "select count(*) || ' ' || count(ended_at) from idea_translations where idea_number = " + idea))
                .isEqualTo("12 11");
    }

    @Test
    void only_the_author_and_the_coordinator_of_the_area_write_and_only_the_coordinator_publishes() {
        var idea = published("Ein Steg am See");
        var path = "/ideas/" + idea + "/translations";
        for (var person : List.of(Town.resident(5), Town.coordinator("ost"), Town.chair("ost"))) {
            var stranger = browser().signIn(person);
            assertThat(stranger.get(path).statusCode()).as(person).isEqualTo(404);
            assertThat(write(stranger, idea, "en", "A pier", "A pier at the lake.")
                            .statusCode())
                    .as(person)
                    .isEqualTo(404);
        }
        var author = browser().signIn(Town.resident(2));
        write(author, idea, "en", "A pier", "A pier at the lake.", "made-by", "coordinator");
        var id = waiting.ask("select id from idea_translations where idea_number = " + idea);
        assertThat(waiting.ask("select made_by from idea_translations where id = " + id))
                .isEqualTo("author");
        var token = Map.of("csrf", author.token());
        assertThat(author.post(path + "/" + id + "/publication", token).statusCode())
                .isEqualTo(404);
        assertThat(author.post(path + "/draft", Map.of("csrf", author.token(), "language", "en"))
                        .statusCode())
                .isEqualTo(404);
        var ost = browser().signIn(Town.coordinator("ost"));
        assertThat(ost.post(path + "/" + id + "/publication", Map.of("csrf", ost.token()))
                        .statusCode())
                .isEqualTo(404);
        assertThat(author.post(path + "/" + id + "/withdrawal", token).statusCode())
                .isEqualTo(303);
        assertThat(waiting.ask("select ended_at is not null from idea_translations where id = " + id))
                .isEqualTo("t");
    }

    @Test
    void what_is_wrong_comes_back_with_what_was_typed() {
        var idea = published("Ein Baum am Markt");
        var author = browser().signIn(Town.resident(2));
        var answered = write(author, idea, "de", "x", "Kurz, aber da.");
        assertThat(answered.statusCode()).isEqualTo(422);
        var page = org.jsoup.Jsoup.parse(answered.body());
        assertThat(page.select(".error-summary li")).hasSize(2);
        assertThat(page.select("#description").text()).isEqualTo("Kurz, aber da.");
    }

    @Test
    void the_service_of_the_city_drafts_and_a_person_publishes_it_with_a_label() {
        var idea = published("Ein Brunnen im Schatten");
        var west = browser().signIn(Town.coordinator("west"));
        answer = "{\"translatedText\": [\"A fountain in the shade\", \"Drafted words.\"]}";
        var drafted = draft(west, idea, "en");
        assertThat(asked)
                .contains("\"source\":\"de\"", "\"target\":\"en\"", "Ein Brunnen im Schatten")
                .doesNotContain("@");
        var page = org.jsoup.Jsoup.parse(drafted.body());
        assertThat(page.select("#title").val()).isEqualTo("A fountain in the shade");
        assertThat(page.select("input[value=machine][checked]")).hasSize(1);
        assertThat(waiting.ask("select count(*) from idea_translations where idea_number = " + idea))
                .as("a draft is nobody's wording")
                .isEqualTo("0");
        write(
                west,
                idea,
                "en",
                page.select("#title").val(),
                page.select("#description").text(),
                "made-by",
                "machine");
        assertThat(browser()
                        .page("/ideas/" + idea + "?lang=en")
                        .select(".readings")
                        .text())
                .contains("Translated by machine");
    }

    @Test
    void a_service_that_fails_is_a_sentence_and_the_way_by_hand_stays() {
        var idea = published("Ein Weg durch den Hof");
        var west = browser().signIn(Town.coordinator("west"));
        for (var said : List.of("broken", "slow", "{\"translatedText\": [\"one only\"]}", "{}", "{not json")) {
            answer = said;
            var drafted = draft(west, idea, "ru");
            assertThat(drafted.statusCode()).as(said).isEqualTo(422);
            var page = org.jsoup.Jsoup.parse(drafted.body());
            assertThat(page.select("#title-error").text()).as(said).contains("antwortet gerade nicht");
            assertThat(page.select("textarea#description")).hasSize(1);
        }
        assertThat(draft(west, idea, "de-simple").statusCode())
                .as("no machine writes Leichte Sprache")
                .isEqualTo(422);
    }

    @Test
    void an_idea_has_the_language_its_author_says() {
        var author = new Proposal(browser().signIn(Town.resident(9)));
        author.at(12.3727, 51.3402);
        author.topic("مقعد في الظل للجميع", "sitzen_rasten");
        author.text(Map.of("language", "ar", "description", "نريد مقعدًا في الظل قرب المدرسة."));
        author.groups("alle");
        var check = author.browser().page(Proposal.CHECK);
        assertThat(check.select("article h2").attr("dir")).isEqualTo("rtl");
        var number = Proposal.number(author.handIn());
        assertThat(waiting.ask("select language from ideas where number = " + number))
                .isEqualTo("ar");
        var page = author.browser().page("/ideas/" + number);
        assertThat(page.select("html").attr("dir")).isEqualTo("ltr");
        assertThat(page.select("h1").attr("lang")).isEqualTo("ar");
        assertThat(page.select("h1").attr("dir")).isEqualTo("rtl");
    }

    private long published(String title) {
        long idea = waiting.idea(Town.resident(2), WEST, title, Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'published', now())");
        return idea;
    }

    private static HttpResponse<String> draft(Browser browser, long idea, String language) {
        return browser.post(
                "/ideas/" + idea + "/translations/draft", Map.of("csrf", browser.token(), "language", language));
    }

    private static HttpResponse<String> write(
            Browser browser, long idea, String language, String title, String description, String... more) {
        var fields = new HashMap<String, Object>(
                Map.of("csrf", browser.token(), "language", language, "title", title, "description", description));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return browser.post("/ideas/" + idea + "/translations", fields);
    }
}
