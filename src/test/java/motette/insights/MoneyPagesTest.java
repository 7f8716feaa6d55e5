package motette.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import motette.PortalTest;
import motette.Queries;
import motette.budgets.Budgets;
import motette.budgets.Ledger;
import motette.places.Population;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Texts;
import motette.shared.Time;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class MoneyPagesTest extends PortalTest {

    private static final int YEAR = LocalDate.now(Time.ZONE).getYear();
    private static final String WEST = "/insights/money?year=" + YEAR + "&body=sbb-west";

    @Inject
    Budgets budgets;

    @Inject
    Ledger ledger;

    @Inject
    Population population;

    @Inject
    Queries queries;

    @Inject
    Sql sql;

    @Inject
    TransactionOperations<Connection> transactions;

    private long idea;
    private String quarter = "";
    private String quarterName = "";

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        return properties;
    }

    @BeforeAll
    void decide_on_an_idea_and_on_something_without_a_place() {
        transactions.executeWrite(status -> {
            idea = sql.number("select min(number) from ideas where body_key = 'sbb-west' and state = 'published'");
            quarter = sql.one("select quarter_key from ideas where number = ?", row -> row.getString(1), idea)
                    .orElseThrow();
            quarterName = sql.one("select name from quarters where key = ?", row -> row.getString(1), quarter)
                    .orElseThrow();
            long west = budgets.of("sbb-west", YEAR).orElseThrow().id();
            long person = sql.number("select id from persons where demo_key = ?", Town.chair("west"));
            var reference = "idea:" + idea;
            ledger.reserve(
                    west, new Money(400_050), "=HYPERLINK(\"https://elsewhere.example\";\"Bänke\")", reference, person);
            ledger.grant(west, new Money(300_000), "Bescheid ist raus", reference, person);
            ledger.pay(west, new Money(200_000), "Erste Rate", reference, person);
            ledger.giveBack(west, new Money(5_025), "Rest der ersten Rate", reference, person);
            ledger.reserve(west, new Money(70_000), "Für das Fest aller Beiräte", "festival:1", person);
            return null;
        });
    }

    @Test
    void every_euro_of_a_body_stands_on_its_page_with_its_share() {
        var page = browser().page(WEST);
        assertThat(page.select("h1").text()).isEqualTo("Wohin das Geld geht: Stadtbezirksbeirat West, " + YEAR);
        assertThat(page.select(".money-bar__words").text()).isEqualTo("50.349,75 € von 55.000 € sind noch frei");
        assertThat(rows(page, ".money-stations"))
                .extracting(row -> row.select("th").text() + " "
                        + row.select("td").getFirst().text())
                .containsExactly(
                        "Frei 50.349,75 €",
                        "Vorgemerkt 1.700,50 €",
                        "Bewilligt 1.000 €",
                        "Ausgezahlt 1.949,75 €",
                        "Das ganze Budget 55.000 €");
        assertThat(page.select(".money-backs").text()).isEqualTo("Geld zurückgekommen (ausgezahlt → frei) 50,25 €");
        assertThat(page.select("link[rel=canonical]").attr("href")).endsWith(WEST);
    }

    @Test
    void what_was_decided_for_a_quarter_is_divided_by_who_lives_there() {
        var page = browser().page(WEST);
        long decided = 400_050 - 5_025;
        var row = rows(page, ".money-places table").getFirst();
        assertThat(row.select("th a").text()).isEqualTo(quarterName);
        assertThat(row.select("td").eachText().getFirst()).isEqualTo("3.950,25 €");
        long each = Math.round(decided / (double) population.ofQuarter(quarter));
        assertThat(row.select("td strong").text()).isEqualTo("0,%02d €".formatted(each));
        assertThat(rows(page, ".money-places table"))
                .extracting(line -> line.select("th").text())
                .endsWith("Ohne Ort", "Noch frei", "Das ganze Budget");
        assertThat(page.select(".money-map__area:not([data-step=0])").eachAttr("href"))
                .containsExactly(WEST + "&place=" + quarter);
        assertThat(page.select(".money-map__area")).hasSize(63);
        assertThat(page.select(".money-map__step")).hasSize(1);
    }

    @Test
    void a_place_has_a_page_of_its_own_and_so_has_money_without_one() {
        var place = browser().page("/insights/money?year=" + YEAR + "&place=" + quarter);
        assertThat(place.select("h1").text()).isEqualTo("Wohin das Geld geht: " + quarterName + ", " + YEAR);
        assertThat(place.select(".money-bar__words").text()).isEqualTo("3.950,25 € sind für Ideen hier beschlossen");
        assertThat(place.select("tbody th").eachText())
                .contains("Geld zurückgekommen", "Geld ausgezahlt", "Bescheid erteilt", "Beschlossen");
        var without = browser().page("/insights/money?year=" + YEAR + "&body=sbb-west&place=none");
        assertThat(without.select(".money-bar__words").text()).startsWith("700 €");
        assertThat(without.text()).contains("Für das Fest aller Beiräte", "gehört zu keiner Idee");
    }

    @Test
    void bodies_are_compared_in_the_order_that_is_chosen() {
        var byPerson = browser().page("/insights/money?year=" + YEAR);
        var west = byPerson.select(".money-row").getFirst();
        assertThat(west.select("a").text()).endsWith("Stadtbezirksbeirat West");
        assertThat(west.select("summary").text()).contains("50.349,75 € frei");
        assertThat(west.select("dd").eachText())
                .contains("55.000 €", "4.650,25 € 8 %", "55.381")
                .endsWith("0,08 €");
        assertThat(byPerson.select(".money-row")).hasSize(22);
        assertThat(byPerson.select("section > .money-rows > li"))
                .as("a first view that is seen at once")
                .hasSize(6);
        assertThat(byPerson.select("main details[open]")).isEmpty();
        var byName = browser().page("/insights/money?year=" + YEAR + "&sort=name");
        assertThat(byName.select(".money-row a").getFirst().text()).endsWith("Stadtbezirksbeirat Alt-West");
    }

    @Test
    void the_inhabitants_of_a_district_are_those_of_its_quarters_without_communities() {
        long west =
                sql("select sum(q.population) from quarters q where q.district_key = '6' and not exists (select from"
                        + " community_quarters c where c.quarter_key = q.key)");
        assertThat(population.ofDistrictWithoutCommunities("6"))
                .isEqualTo(west)
                .isLessThan(sql("select population from districts where key = '6'"));
        assertThat(browser().page(WEST).text())
                .contains(
                        "Gerechnet mit 55.381 Menschen", "Einwohnerzahlen vom 31. Dezember 2024", "Einwohnerregister");
    }

    @Test
    void no_line_names_who_recorded_it() {
        var chair = transactions.executeRead(status -> sql.one(
                        "select pseudonym from persons where demo_key = ?", row -> row.getString(1), Town.chair("west"))
                .orElseThrow());
        for (var path :
                List.of(WEST, "/insights/money.csv?year=" + YEAR, "/insights/money/movements.csv?year=" + YEAR)) {
            assertThat(browser().get(path).body()).as(path).contains("West").doesNotContain(chair);
        }
    }

    @Test
    void the_table_for_spreadsheets_holds_the_same_sums() {
        var answer = browser().get("/insights/money.csv?year=" + YEAR + "&body=sbb-west");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"money-" + YEAR + "-sbb-west.csv\"");
        assertThat(answer.body().split("\r\n"))
                .containsExactly(
                        "level;year;fund;body;district;quarter;budget_eur;available_eur;reserved_eur;granted_eur;paid_eur;"
                            + "decided_eur;inhabitants;decided_per_inhabitant_eur",
                        "body;" + YEAR
                                + ";Stadtbezirksbudget;Stadtbezirksbeirat West;;;55000,00;50349,75;1700,50;1000,00;"
                                + "1949,75;4650,25;55381;0,08",
                        "place;" + YEAR + ";Stadtbezirksbudget;Stadtbezirksbeirat West;West;" + quarterName
                                + ";;;1000,50;"
                                + "1000,00;1949,75;3950,25;" + population.ofQuarter(quarter)
                                + ";0,%02d".formatted(Math.round(395_025 / (double) population.ofQuarter(quarter))),
                        "place;" + YEAR + ";Stadtbezirksbudget;Stadtbezirksbeirat West;;;;;700,00;0,00;0,00;700,00;;");
    }

    @Test
    void every_line_of_the_ledger_is_in_the_other_table_and_none_is_a_formula() {
        var lines = browser()
                .get("/insights/money/movements.csv?year=" + YEAR + "&place=" + quarter)
                .body()
                .split("\r\n");
        assertThat(lines).hasSize(5);
        assertThat(lines[1])
                .contains(
                        ";available;reserved;4000,50;" + idea + ";",
                        ";\"'=HYPERLINK(\"\"https://elsewhere.example\"\";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "year=abc",
                "year=99999",
                "fund=nothing",
                "body=sbb-atlantis",
                "place=99",
                "place=nowhere",
                "body=%27%20or%201=1",
                "lang=<b>"
            })
    void what_there_is_not_has_no_page(String query) {
        for (var path : List.of("/insights/money?", "/insights/money.csv?", "/insights/money/movements.csv?")) {
            if (!(query.startsWith("lang") && path.contains("csv"))) {
                assertThat(browser()
                                .get(path + query.replace("<", "%3C").replace(">", "%3E"))
                                .statusCode())
                        .as(path + query)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void what_the_form_sends_leads_to_the_one_address_of_the_view() {
        var answer = browser().get("/insights/money?year=" + YEAR + "&fund=&body=sbb-west&place=&lang=en");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).hasValue(WEST + "&lang=en");
        assertThat(browser().page(WEST + "&lang=en").select("h1").text()).startsWith("Where the money goes");
    }

    @Test
    void a_year_and_a_combination_without_money_say_so() {
        assertThat(browser().page("/insights/money?year=2199").text())
                .contains("Hier ist noch kein Geld bewegt worden");
        assertThat(browser()
                        .page("/insights/money?year=" + YEAR + "&fund=brauchtumsmittel&body=sbb-west")
                        .text())
                .contains("Hier ist noch kein Geld bewegt worden");
    }

    @Test
    void a_page_asks_the_database_twice() {
        for (var path : List.of(
                "/insights/money",
                WEST,
                WEST + "&place=" + quarter,
                "/insights/money?year=" + YEAR + "&place=ost",
                "/insights/money.csv?year=" + YEAR,
                "/insights/money/movements.csv?year=" + YEAR)) {
            assertThat(queries.during(() -> browser().get(path))).as(path).hasSizeBetween(1, 2);
        }
    }

    @Test
    void the_way_here_stands_on_the_pages_about_money_and_places() {
        assertThat(links("/budgets")).contains("/insights/money?year=" + YEAR);
        assertThat(links("/budgets/stadtbezirksbudget/sbb-west/" + YEAR))
                .contains("/insights/money?year=" + YEAR + "&fund=stadtbezirksbudget&body=sbb-west");
        assertThat(links("/council/sbb-west/" + YEAR)).contains("/insights/money?year=" + YEAR + "&body=sbb-west");
        assertThat(links("/districts/west")).contains("/insights/money?year=" + YEAR + "&place=west");
    }

    /** A new account or a new way between two shows itself everywhere: it has its words and its colour. */
    @Test
    void every_way_that_the_ledger_knows_has_words_and_every_account_a_colour() throws IOException {
        var rule = transactions.executeRead(status -> sql.one(
                        "select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint where conrelid ="
                                + " 'ledger_entries'::regclass and contype = 'c' and pg_get_constraintdef(oid) like"
                                + " '%to_account%'",
                        row -> row.getString(1))
                .orElseThrow());
        var ways = Pattern.compile("'([a-z]+)'::text[^']{1,80}'([a-z]+)'::text")
                .matcher(rule)
                .results()
                .map(way -> way.group(1) + "-" + way.group(2))
                .toList();
        var texts = new Texts();
        assertThat(ways).contains("appropriation-available", "paid-available").allSatisfy(way -> {
            assertThat(texts.has("budgets.move." + way)).as(way).isTrue();
            assertThat(texts.has("budgets.way." + way)).as(way).isTrue();
        });
        var tokens = Files.readString(Path.of("web/main.css"));
        var parts = Files.readString(Path.of("web/components/money-bar/money-bar.css"));
        assertThat(ways.stream().flatMap(way -> Arrays.stream(way.split("-"))).distinct())
                .filteredOn(account -> !account.equals("appropriation"))
                .allSatisfy(account -> {
                    assertThat(texts.has("budgets.account." + account))
                            .as(account)
                            .isTrue();
                    assertThat(tokens).contains("--part-" + account + ":");
                    assertThat(parts).contains("[data-part=" + account + "]");
                });
    }

    private List<String> links(String path) {
        return browser().page(path).select("main a").eachAttr("href");
    }

    private static List<Element> rows(Document page, String table) {
        return page.select(table).getFirst().select("tbody tr").stream().toList();
    }

    private long sql(String statement) {
        return transactions.executeRead(status -> sql.number(statement));
    }
}
