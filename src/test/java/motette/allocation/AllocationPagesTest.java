package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The district of the north: 55,000 euros. Twelve people of the first quarter want the bridge and the path, six of the second
 * want the garden and the course, three of the third want the course alone.
 */
@MicronautTest(transactional = false)
class AllocationPagesTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Queries queries;

    @Inject
    Clock clock;

    private Neighbourhood north;
    private String page;
    private long bridge;
    private long garden;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeAll
    void propose_and_support() {
        page = "/allocation/sbb-nord/" + LocalDate.now(clock).getYear();
        north = new Neighbourhood(transactions, "sbb-nord");
        north.clear();
        bridge = north.idea("Brücke über den Bach", 3_000_000L);
        long path = north.idea("Beleuchteter Weg", 2_400_000L);
        garden = north.idea("Garten im Hof", 1_400_000L);
        long course = north.idea("Kochkurs", 90_000L);
        north.idea("Bänke <b>ohne</b> Preis", null);
        north.support(12, 0, bridge, path);
        north.support(6, 1, garden, course);
        north.support(3, 2, course);
    }

    @Test
    void a_guest_signs_in_first_and_comes_back() {
        assertThat(Browser.location(browser().get(page))).isEqualTo("/sign-in?next=" + encoded(page));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resident-1", "councillor-ost-1", "chair-ost"})
    void who_has_no_seat_there_does_not_see_it(String person) {
        var browser = browser().signIn(person);
        for (var path : List.of(page, page + "/runs", page + "/runs/1.pb", page + "/runs/1.json")) {
            assertThat(browser.get(path).statusCode()).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "councillor-nord-1, false",
        "chair-nord, true",
        "office, true",
        "auditor, false",
        "admin, false",
        "coordinator-nord, false"
    })
    void members_and_staff_see_it_and_chair_and_office_may_keep_it(String person, boolean keeps) {
        var shown = browser().signIn(person).page(page);
        assertThat(shown.select("form[method=post][action^=" + page + "/runs]")).hasSize(keeps ? 3 : 0);
    }

    @Test
    void the_board_leads_there_whoever_may_go() {
        var board = "/council/sbb-nord/" + LocalDate.now(clock).getYear();
        assertThat(browser().signIn(Town.councillor("nord", 1)).page(board).select("a[href=" + page + "]"))
                .hasSize(1);
        assertThat(browser().signIn(Town.chair("ost")).page(board).select("a[href=" + page + "]"))
                .isEmpty();
        assertThat(browser().page(board).select("a[href=" + page + "]")).isEmpty();
    }

    @Test
    void where_the_rules_differ_stands_first_with_a_reason_for_each() {
        var shown = office();
        assertThat(shown.select("#comparison > .section h2").getFirst().text())
                .isEqualTo("Hier unterscheiden sich die Regeln: 2 Ideen");
        var row = row(shown, garden);
        assertThat(row.select(".verdict").eachAttr("data-in")).containsExactly("false", "true", "true");
        assertThat(row.select(".verdict__word").eachText()).containsExactly("Nicht dabei", "Dabei", "Dabei");
        assertThat(row.select(".verdict__brief").eachText()).hasSize(3).doesNotContain("");
        assertThat(shown.select(".compare__table tr:has(a[href=/ideas/" + garden + "]) + tr details.why dd p"))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void every_idea_with_a_cost_is_there_and_the_others_are_named_apart() {
        var shown = office();
        assertThat(shown.select(".compare__table tbody")).hasSize(4);
        assertThat(shown.select(".compare__unpriced li").text()).startsWith("Bänke <b>ohne</b> Preis");
    }

    @Test
    void few_people_are_merged_into_the_rest() {
        var rows = office().select("table:has(caption:contains(Geld und Menschen)) tbody tr");
        assertThat(rows).extracting(row -> row.select("td").getFirst().text()).contains("50 % (rund 10)");
        assertThat(rows.getLast().text()).startsWith("Übrige und ohne Angabe 50 % (rund 10)");
        assertThat(rows).noneMatch(row -> row.text().matches(".*\\((?:rund )?(?:3|6|9|12)\\).*"));
    }

    @Test
    void pictures_have_a_name_a_description_and_the_same_figures_beside_them() {
        var shown = office();
        for (var picture : shown.select("svg[role=img]")) {
            assertThat(picture.select("> title").text()).isNotBlank();
            assertThat(picture.select("> desc").text()).isNotBlank();
            assertThat(picture.parents().select(".chart-pair table")).isNotEmpty();
        }
        assertThat(shown.select("svg[role=img]")).hasSize(2);
        assertThat(shown.select("[style], style, [onclick]")).isEmpty();
    }

    @Test
    void the_reasons_come_in_leichte_sprache_too() {
        var easy = browser().signIn(Town.officer()).page(page + "?easy=1&least=2");
        assertThat(easy.select("details.why dd p").text())
                .isNotEqualTo(office().select("details.why dd p").text());
        assertThat(easy.select("input[name=easy]")).hasSize(1);
        assertThat(easy.select("a[href=" + page + "?least=2]")).hasSize(1);
    }

    @Test
    void conditions_stand_in_the_address_and_show_what_they_change() {
        var shown = browser().signIn(Town.officer()).page(page + "?budget=40.000&out=" + bridge);
        assertThat(shown.select("#budget").attr("value")).isEqualTo("40.000");
        assertThat(shown.select("input[name=out][checked]").eachAttr("value")).containsExactly("" + bridge);
        assertThat(shown.select(".what-if").hasAttr("open")).isTrue();
        assertThat(shown.select(".compare__tried").text())
                .isEqualTo("Mit Ihren Annahmen gerechnet: Budget 40.000 €, eine Idee festgelegt als nicht dabei.");
        var votes = shown.select(".proposal").getFirst();
        assertThat(votes.select(".changes").text())
                .contains("Neu dabei Garten im Hof")
                .contains("Fällt heraus Brücke über den Bach");
        assertThat(row(shown, bridge).select(".badge").text()).contains("Von Ihnen festgelegt: nicht dabei");
        assertThat(votes.select("form").attr("action")).endsWith("/runs?budget=40.000&out=" + bridge);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget=viel Geld       | budget | viel Geld",
                "budget=%3Cb%3E%22      | budget | <b>\"",
                "least=ganz+viele       | least  | ganz viele",
                "least=9999999999999999 | least  | 9999999999999999"
            })
    void what_cannot_be_comes_back_as_typed_with_a_sentence(String query, String field, String typed) {
        var answer = browser().signIn(Town.officer()).get(page + "?" + query.replace(" ", "%20"));
        assertThat(answer.statusCode()).isEqualTo(422);
        var input = Jsoup.parse(answer.body()).expectFirst("#" + field);
        assertThat(input.attr("aria-invalid")).isEqualTo("true");
        assertThat(input.attr("value")).isEqualTo(typed);
        assertThat(Jsoup.parse(answer.body()).select("#" + field + "-error").text())
                .isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in=%1$d&out=%1$d", "in=%1$d&budget=10", "in=1&in=2&in=abc", "rules=zufall"})
    void contradictions_and_unknown_ideas_are_said_and_nothing_breaks(String query) {
        var answer = browser().signIn(Town.officer()).get(page + "?" + query.formatted(bridge));
        assertThat(answer.statusCode()).isEqualTo(422);
        var shown = Jsoup.parse(answer.body());
        assertThat(shown.select(".error-summary li")).isNotEmpty();
        for (var link : shown.select(".error-summary a")) {
            assertThat(shown.select(link.attr("href"))).hasSize(1);
        }
        assertThat(shown.select(".proposal")).hasSize(3);
    }

    @Test
    void an_address_longer_than_any_form_makes_breaks_nothing() {
        var answer = browser()
                .signIn(Town.officer())
                .get(page + "?in=" + "9".repeat(2000) + "&in=1".repeat(200) + "&least=" + "1".repeat(500));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(browser().signIn(Town.officer()).get(page + "?out=%00").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/allocation/nobody/2026",
                "/allocation/sbb-nord/99999",
                "/allocation/sbb-nord/0001",
                "/allocation/sbb-nord/2026/runs/99999999999999999999.pb"
            })
    void what_is_not_there_is_not_found(String path) {
        assertThat(browser().signIn(Town.officer()).get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_body_without_a_budget_or_ideas_says_so() {
        var shown = browser()
                .signIn(Town.officer())
                .page("/allocation/or-plaussig/" + LocalDate.now(clock).getYear());
        assertThat(shown.select(".notice").text()).contains("Die Einwohnerzahl ist nicht veröffentlicht");
        assertThat(shown.select(".empty").text()).contains("Hier gibt es noch nichts zu rechnen");
    }

    @Test
    void every_choice_of_rules_has_its_words() {
        for (var set : RuleSet.values()) {
            var shown = browser().signIn(Town.officer()).page(page + "?lang=en&rules=" + set.key());
            assertThat(shown.select(".proposal")).hasSize(3);
            assertThat(shown.select("main").text()).doesNotContain("{", "Regel", "Stimmen");
        }
    }

    @Test
    void two_questions_say_who_reads_and_what_the_menu_has_and_three_what_the_page_shows_however_much_there_is() {
        var browser = browser().signIn(Town.officer());
        assertThat(queries.during(() -> browser.page(page))).hasSize(5);
        var other = new Neighbourhood(transactions, "sbb-sued");
        for (int i = 0; i < 20; i++) {
            other.support(3, i % 3, other.idea("Noch eine Idee " + i, 100_000L + i * 10_000L));
        }
        assertThat(queries.during(() -> browser.page(page.replace("nord", "sued"))))
                .hasSize(5);
    }

    private Document office() {
        return browser().signIn(Town.officer()).page(page);
    }

    private static Element row(Document shown, long idea) {
        return shown.expectFirst(".compare__table tr:has(a[href=/ideas/" + idea + "])");
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
