package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class IdeaListTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Value("${datasources.default.url}")
    String database = "";

    private Ideas ideas;

    @BeforeAll
    void propose_more_than_two_pages_hold() {
        ideas = new Ideas(transactions);
        for (int i = 0; i < 75; i++) {
            ideas.published(
                    Town.resident(1 + i % 20),
                    "Wegweiser Nummer " + i,
                    Ideas.TEXT,
                    "verkehrssicherheit",
                    "62",
                    12.30 + i / 1000.0,
                    51.31);
        }
    }

    @Test
    void the_pager_leads_from_the_first_page_to_the_last_and_no_further() {
        var total = ideas.number("select count(*) from ideas where state = 'published'");
        int last = (int) (total + 49) / 50;
        var page = browser().page("/ideas");
        assertThat(page.select("[rel=prev]")).isEmpty();
        var seen = new ArrayList<>(numbers(page));
        for (int i = 2; i <= last; i++) {
            assertThat(page.select("[rel=next]").attr("href")).isEqualTo("/ideas?page=" + i);
            page = browser().page(page.select("[rel=next]").attr("href"));
            seen.addAll(numbers(page));
        }
        assertThat(page.select("[rel=next]")).isEmpty();
        assertThat(page.select("[role=status]").text()).contains(total + " Ideen", "bis " + total);
        assertThat(seen).doesNotHaveDuplicates().hasSize((int) total);
        for (var beyond : new String[] {String.valueOf(last + 1), "2000", "99999", "999999999"}) {
            assertThat(Browser.location(browser().get("/ideas?page=" + beyond))).isEqualTo("/ideas?page=" + last);
        }
        assertThat(Browser.location(browser().get("/ideas?q=Wegweiser&sort=supported&page=9")))
                .isEqualTo("/ideas?q=Wegweiser&sort=supported");
        assertThat(Browser.location(browser().get("/ideas?category=unknown&page=2")))
                .isEqualTo("/ideas?category=unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "0", "", "1.5", "99999999999999999999", "1%20or%201=1"})
    void a_page_that_is_no_number_is_the_first(String page) {
        assertThat(numbers(browser().page("/ideas?page=" + page)))
                .isEqualTo(numbers(browser().page("/ideas")));
    }

    @Test
    void by_chance_everybody_has_an_order_of_their_own_that_stays() {
        var orders = new ArrayList<List<Long>>();
        for (int i = 0; i < 4; i++) {
            var browser = browser();
            var first = numbers(browser.page("/ideas?sort=random"));
            var all = new ArrayList<>(first);
            all.addAll(numbers(browser.page("/ideas?sort=random&page=2")));
            all.addAll(numbers(browser.page("/ideas?sort=random&page=3")));
            assertThat(all).doesNotHaveDuplicates().hasSize((int)
                    ideas.number("select count(*) from ideas where state = 'published'"));
            assertThat(numbers(browser.page("/ideas?sort=random"))).isEqualTo(first);
            orders.add(first);
        }
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(browser()
                        .get("/ideas?sort=random", "Cookie", "order=abc; x=1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser()
                        .get("/ideas?sort=random", "Cookie", "order=99999999999999999999999")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_most_supported_come_first_when_asked_for() {
        var counts = browser()
                .page("/ideas?sort=supported")
                .select("[data-idea] .card__figures span:first-child b")
                .eachText()
                .stream()
                .map(Integer::valueOf)
                .toList();
        assertThat(counts).isSortedAccordingTo((a, b) -> b - a).element(0).isNotEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Bank, Schattige Bänke im Friedenspark",
        "Bänke, Schattige Bänke im Friedenspark",
        "Baenke, Schattige Bänke im Friedenspark",
        "schattige bank, Schattige Bänke im Friedenspark",
        "Friedenspark, Schattige Bänke im Friedenspark",
        "Trinkbrunnen, Trinkbrunnen am Richard-Wagner-Platz",
        "Trinkbrunen, Trinkbrunnen am Richard-Wagner-Platz",
        "Brunnen, Trinkbrunnen am Richard-Wagner-Platz",
        "BRUNNEN, Trinkbrunnen am Richard-Wagner-Platz",
        "Lößnig, Aktivplatz 60 plus in Lößnig",
        "Loessnig, Aktivplatz 60 plus in Lößnig",
        "Lössnig, Aktivplatz 60 plus in Lößnig",
        "Mädchen, Mädchen in Bewegung",
        "Maedchen, Mädchen in Bewegung",
        "Bewegungsrunde, Bewegungsrunde für alle im Mariannenpark",
        "Obstwise, Obstwiese für alle im Bielagarten",
        "\"Boule auf dem Markt\", Boule auf dem Markt"
    })
    void words_are_found_in_their_forms_within_others_and_with_slips(String words, String title) {
        assertThat(browser()
                        .page("/ideas?q=" + encode(words))
                        .select("[data-idea] h2")
                        .eachText())
                .contains(title);
    }

    @Test
    void what_fits_best_comes_first() {
        assertThat(browser()
                        .page("/ideas?q=Trinkbrunnen")
                        .select("[data-idea] h2")
                        .eachText())
                .first()
                .isEqualTo("Trinkbrunnen am Richard-Wagner-Platz");
        assertThat(browser()
                        .page("/ideas?q=Seifenkistenrennen")
                        .select(".empty")
                        .text())
                .contains("Hier gibt es noch keine Idee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "& | !",
                "( ' \" %",
                "' or '1'='1",
                "\\",
                "<->",
                "--",
                "%",
                "_",
                "-",
                "\"",
                "or",
                "bank or",
                "!bank",
                "bank:*",
                "a & (b",
                "''",
                "und",
                "-bank"
            })
    void no_sign_troubles_the_search(String text) {
        assertThat(browser().get("/ideas?q=" + encode(text)).statusCode()).isEqualTo(200);
        assertThat(browser()
                        .get("/ideas/markers?bbox=12,51,13,52&zoom=10&q=" + encode(text))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_long_question_is_cut_between_characters() {
        for (var text : new String[] {"Bank ".repeat(40), "x".repeat(99) + "🌳🌳", "x".repeat(200)}) {
            var page = browser().page("/ideas?q=" + encode(text));
            assertThat(page.select("#q")
                            .val()
                            .codePointCount(0, page.select("#q").val().length()))
                    .isLessThanOrEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "district=atlantis",
                "quarter=999",
                "category=unknown",
                "category=%3Cscript%3E",
                "district=Gr%C3%BCnau",
                "state=handed-in",
                "state=nonsense"
            })
    void what_does_not_exist_has_no_ideas(String query) {
        var page = browser().page("/ideas?" + query);
        assertThat(page.select("[data-idea]")).isEmpty();
        assertThat(page.select(".empty").text()).contains("Hier gibt es noch keine Idee");
        assertThat(page.select("[role=status]").text()).contains("Keine Idee gefunden");
        assertThat(browser()
                        .get("/ideas/markers?bbox=12,51,13,52&zoom=10&" + query)
                        .body())
                .doesNotContain("count")
                .doesNotContain("number");
    }

    @Test
    void what_is_published_is_counted_and_on_the_map_at_once_on_every_copy() {
        var properties = new HashMap<String, Object>(getProperties());
        properties.put("datasources.default.url", database);
        try (var other = ApplicationContext.run(EmbeddedServer.class, properties, "test")) {
            for (var portal : List.of(browser(), new Browser(other.getURI()))) {
                var before = count(portal.page("/ideas?quarter=62"));
                long idea = ideas.handedIn(
                        Town.resident(2), "Noch ein Wegweiser", Ideas.TEXT, "verkehrssicherheit", "62", 12.311, 51.311);
                assertThat(count(portal.page("/ideas?quarter=62"))).isEqualTo(before);
                ideas.tell(idea, "published");
                assertThat(count(portal.page("/ideas?quarter=62"))).isEqualTo(before + 1);
                assertThat(count(browser().page("/ideas?quarter=62"))).isEqualTo(before + 1);
                assertThat(portal.get("/ideas/markers?bbox=12.3109,51.3109,12.3111,51.3111&zoom=22")
                                .body())
                        .contains("/ideas/" + idea);
                ideas.tell(idea, "declined");
                assertThat(count(portal.page("/ideas?quarter=62"))).isEqualTo(before);
            }
        }
    }

    private static int count(Document page) {
        return Integer.parseInt(page.select("#results > [role=status]").text().replaceAll("(\\d+).*", "$1"));
    }

    private static List<Long> numbers(Document page) {
        return page.select("[data-idea]").eachAttr("data-idea").stream()
                .map(Long::valueOf)
                .toList();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
