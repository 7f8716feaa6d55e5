package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Queries;
import motette.shared.Money;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest(transactional = false)
class SitePagesTest extends PortalTest {

    @Inject
    Sql sql;

    @Inject
    Queries queries;

    @Inject
    Clock clock;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("queries.counted", "true");
        properties.put("motette.contact", "barriers@motette.example");
        return properties;
    }

    @ParameterizedTest
    @CsvSource({
        "de, 'Was braucht Ihr Quartier, um gesund zu sein?', 'Idee einreichen', 'Es entscheidet der Beirat'",
        "en, 'What does your neighbourhood need to be healthy?', 'Hand in an idea', 'the council decides'"
    })
    void the_home_page_asks_what_the_neighbourhood_needs(String language, String question, String deed, String advice) {
        var home = browser().page("/?lang=" + language);
        assertThat(home.select("h1").eachText()).containsExactly(question);
        assertThat(home.select("main a.button[href=/ideas/new]").text()).isEqualTo(deed);
        assertThat(home.text()).contains(advice);
        assertThat(home.select("section[aria-labelledby=newest] .card")).hasSize(6);
        assertThat(home.select("article.district")).hasSize(10);
        assertThat(home.select("form[action=/home/place] optgroup")).hasSize(10);
        assertThat(home.select("form[action=/home/place] option[value~=.+]")).hasSize(63);
    }

    @Test
    void a_place_is_kept_on_the_device_and_forgotten_with_one_click() {
        var browser = browser();
        var answer = browser.submit(browser.page("/?lang=de"), "/home/place", Map.of("quarter", "62"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(Browser.location(answer)).isEqualTo("/districts/west");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("place=62;")
                        .contains("Max-Age=31536000", "HTTPOnly", "SameSite=Lax"));
        assertThat(browser.page("/districts/west").text()).contains("Ihr Ort: Grünau-Mitte");
        assertThat(browser.page("/districts/ost").text()).doesNotContain("Ihr Ort:");

        var home = browser.page("/");
        assertThat(home.select("h1").text()).isEqualTo("Was braucht Grünau-Mitte, um gesund zu sein?");
        assertThat(home.select("#mine").text()).contains("West");
        assertThat(home.select(".money-bar__words").text()).contains("sind noch frei");
        assertThat(browser.page("/?lang=en").select("h1").text())
                .isEqualTo("What does Grünau-Mitte need to be healthy?");
        assertThat(home.select(".card__place").eachText())
                .isNotEmpty()
                .allSatisfy(place -> assertThat(sql.text(
                                "select d.slug from quarters q join districts d on d.key = q.district_key where q.name"
                                        + " = ?",
                                place.split(" · ")[0]))
                        .isEqualTo("west"));

        browser.submit(home, "/home/place/withdrawal", Map.of());
        assertThat(browser.page("/?lang=de").select("h1").text()).contains("Ihr Quartier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", "62' or 1=1 --", "<script>"})
    void a_place_that_is_no_quarter_comes_back_with_a_sentence_and_is_not_kept(String quarter) {
        var answer = browser().post("/home/place", Map.of("quarter", quarter));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.startsWith("place="));
        assertThat(Jsoup.parse(answer.body()).select("#quarter-error").text())
                .isEqualTo("Bitte wählen Sie Ihren Ortsteil aus der Liste.");
    }

    @Test
    void a_strange_cookie_changes_nothing() {
        var answer = browser().get("/", "Cookie", "place=../../etc");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Ihr Quartier");
    }

    @Test
    void the_figures_of_a_district_add_up_with_the_ledger() {
        var year = LocalDate.now(clock).getYear();
        var idea = sql.number("select min(number) from ideas where state = 'published' and body_key = 'sbb-sued'");
        sql.run("insert into budgets (fund_key, body_key, year) values ('stadtbezirksbudget', 'sbb-sued', " + year
                + ") on conflict do nothing");
        var budget = sql.number("select id from budgets where body_key = 'sbb-sued' and year = " + year);
        sql.run("insert into ledger_entries (budget_id, from_account, to_account, amount_cents, reason, reference, at)"
                + " values "
                + "(%d, 'appropriation', 'available', 777700, 'test', 'test', now()), ".formatted(budget)
                + "(%d, 'available', 'reserved', 430000, 'test', 'test', now()), (%d, 'reserved', 'granted', 200000, 'test', 'test', now())"
                        .formatted(budget, budget));
        sql.run("insert into idea_events (idea_number, kind, at, amount_cents) values (" + idea
                + ", 'granted', now(), 430000)");

        var page = browser().page("/districts/sued?lang=de");
        var free = sql.number("select sum(case when to_account = 'available' then amount_cents else 0 end) - sum(case"
            + " when from_account = 'available' then amount_cents else 0 end) from ledger_entries where budget_id = "
                + budget);
        var whole = sql.number(
                "select sum(amount_cents) from ledger_entries where from_account = 'appropriation' and budget_id = "
                        + budget);
        assertThat(page.select(".money-bar__words").text())
                .isEqualTo(euros(free) + " von " + euros(whole) + " sind noch frei");
        assertThat(page.select(".money-bar__legend").text())
                .contains("Ausgezahlt 0 €", "Bewilligt 2.000 €", "Vorgemerkt 2.300 €", "Frei " + euros(free));
        var all = sql.number(
                "select count(*) from ideas where body_key = 'sbb-sued' and state in ('published', 'granted')");
        assertThat(page.select(".lead").text())
                .contains("1 von " + all + " Ideen gefördert, " + euros(free) + " sind noch frei");
        assertThat(page.select("section[aria-labelledby=decided] .card a").eachAttr("href"))
                .contains("/ideas/" + idea);
        var widths = page.select(".money-bar__bar rect").eachAttr("width").stream()
                .mapToInt(Integer::parseInt)
                .sum();
        assertThat(widths).isEqualTo(100);

        var home = browser().page("/?lang=de");
        assertThat(home.select("table a[href=/ideas/" + idea + "]")).hasSize(1);
        assertThat(home.select("table").text()).contains("Bewilligt", "4.300 €", "Stadtbezirksbeirat Süd");
        var spent = sql.number("select sum(balance_cents) from budget_accounts a join budgets b on b.id = a.budget_id "
                + "where b.year = " + year + " and account in ('reserved', 'granted', 'paid')");
        assertThat(home.select(".figures").text()).contains(euros(spent));
    }

    @Test
    void a_decision_taken_back_is_no_longer_among_the_latest() {
        var idea = sql.number("select min(number) from ideas where state = 'published' and body_key = 'sbb-nord'");
        sql.run("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'not-granted', now())");
        assertThat(browser().page("/").select("table a[href=/ideas/" + idea + "]"))
                .hasSize(1);
        sql.run("insert into idea_events (idea_number, kind, at, undoes) select idea_number, 'undone', now(), id from"
                + " idea_events where kind = 'not-granted' and idea_number = " + idea);
        assertThat(browser().page("/").select("table a[href=/ideas/" + idea + "]"))
                .isEmpty();
    }

    @Test
    void a_district_names_its_quarters_its_council_and_its_local_councils() {
        var page = browser().page("/districts/west?lang=de");
        assertThat(page.select("h1").text()).isEqualTo("Stadtbezirk West");
        assertThat(page.text())
                .contains("11 Mitglieder entscheiden", "Grünau-Mitte", "Lausen-Grünau", "Stuttgarter Allee 9");
        assertThat(page.select("a[href=/council/sbb-west]").text()).isEqualTo("Stadtbezirksbeirat West");
        assertThat(page.select("a[rel=external]").attr("href"))
                .startsWith("https://")
                .endsWith("GRLFDNR=" + sql.text("select information_system_id from bodies where key = ?", "sbb-west"));
        assertThat(page.select("section[aria-labelledby=communities] a").eachText())
                .contains("Ortschaftsrat Miltitz");
        assertThat(page.select("main a.button")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/districts/nowhere", "/districts/6", "/districts/WEST", "/districts/%27"})
    void a_district_that_does_not_exist_is_a_page_that_says_so(String path) {
        assertThat(browser().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void somebody_changes_their_name_and_everybody_reads_the_new_one() {
        var browser = browser().signIn(Town.resident(3));
        var person = sql.number("select id from persons where demo_key = 'resident-3'");
        var idea = sql.number("select min(number) from ideas where state = 'published' and author_id = " + person);
        var answer = browser.submit(
                browser.page("/me?lang=de"), "/me/pseudonym", Map.of("pseudonym", "  <b>Linde</b>\u202E & Co  "));
        assertThat(answer.statusCode()).isEqualTo(303);
        var me = browser.follow(answer);
        assertThat(me.select("h1").text()).isEqualTo("Hallo, <b>Linde</b> & Co");
        assertThat(me.select("h1 b")).isEmpty();
        assertThat(me.select("main [role=status]").text().strip()).isEqualTo("Ihr neuer Name ist gespeichert.");
        assertThat(browser().page("/ideas/" + idea).text()).contains("<b>Linde</b> & Co");
        assertThat(sql.text(
                        "select deed from audit_entries where subject = ? order by id desc limit 1",
                        "person:" + person))
                .isEqualTo("person.renaming");
        assertThat(sql.number("select count(*) from audit_entries where reason like '%Linde%' or details::text like"
                        + " '%Linde%'"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', mindestens 2",
        "' a ', mindestens 2",
        "'\u202E\u200B  ', mindestens 2",
        "somebody@motette.example, ohne @"
    })
    void a_name_that_cannot_be_taken_comes_back_as_typed(String typed, String sentence) {
        rejected(typed, sentence);
    }

    @Test
    void a_name_may_have_sixty_characters_and_no_more() {
        rejected("ä".repeat(61), "höchstens 60");
        var browser = browser().signIn(Town.resident(5));
        assertThat(browser.submit(browser.page("/me"), "/me/pseudonym", Map.of("pseudonym", "🌳".repeat(60)))
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void somebody_says_where_they_live_and_takes_it_back() {
        var browser = browser().signIn(Town.resident(4));
        assertThat(browser.submit(browser.page("/me"), "/me/place", Map.of("quarter", "00"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(sql.text("select home_quarter from persons where demo_key = ?", "resident-4"))
                .isEqualTo("00");
        var me = browser.page("/me?lang=de");
        assertThat(me.select("#quarter option[selected]").text()).isEqualTo("Zentrum");
        assertThat(me.text()).contains("niemand prüft sie");
        assertThat(browser.submit(me, "/me/place", Map.of("quarter", "nowhere")).statusCode())
                .isEqualTo(404);
        assertThat(browser.submit(me, "/me/place", Map.of("quarter", "")).statusCode())
                .isEqualTo(303);
        assertThat(sql.number("select count(*) from persons where demo_key = 'resident-4' and home_quarter is null"))
                .isEqualTo(1);
    }

    @Test
    void my_page_is_mine_alone() {
        assertThat(Browser.location(browser().get("/me"))).startsWith("/sign-in?next=");
        assertThat(Browser.location(browser().post("/me/pseudonym", Map.of("pseudonym", "Somebody"))))
                .startsWith("/sign-in");
        assertThat(Browser.location(browser().post("/me/place", Map.of("quarter", "00"))))
                .startsWith("/sign-in");
        var before = sql.text("select pseudonym from persons where demo_key = ?", "resident-6");
        assertThat(browser()
                        .signIn(Town.resident(6))
                        .post("/me/pseudonym", Map.of("pseudonym", "Forged"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(sql.text("select pseudonym from persons where demo_key = ?", "resident-6"))
                .isEqualTo(before);
        var answer = browser().signIn(Town.resident(6)).get("/me");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).isEqualTo("no-store");
        var me = Jsoup.parse(answer.body());
        var mine = sql.number(
                "select count(*) from ideas i join persons p on p.id = i.author_id where p.demo_key = 'resident-6'");
        assertThat(me.select("section[aria-labelledby=mine] [data-idea]")).hasSize((int) mine);
    }

    @Test
    void staff_find_their_desk() {
        assertThat(browser().signIn(Town.coordinator("west")).page("/me").select("main a[href=/moderation]"))
                .hasSize(1);
        assertThat(browser().signIn(Town.chair("west")).page("/me").select("main a[href=/council/sbb-west]"))
                .hasSize(1);
        assertThat(browser().signIn(Town.councillor("ost", 2)).page("/me").select("main a[href=/council/sbb-ost]"))
                .hasSize(1);
        assertThat(browser().signIn(Town.officer()).page("/me").select("main a[href=/budgets]"))
                .hasSize(1);
        assertThat(browser().signIn(Town.resident()).page("/me").select("#roles"))
                .isEmpty();
    }

    @Test
    void whoever_has_a_role_finds_every_page_it_works_with() {
        for (var person : List.of(Town.coordinator("ost"), Town.officer(), Town.auditor(), Town.administrator())) {
            var browser = browser().signIn(person);
            var tools = browser.page("/me").select("section[aria-labelledby=roles] .links a");
            assertThat(tools).as(person).isNotEmpty();
            for (var tool : tools) {
                assertThat(browser.page(tool.attr("href")).select("h1").text()).isEqualTo(tool.text());
            }
        }
    }

    @Test
    void every_link_leads_to_a_page() {
        var browser = browser();
        var links = new LinkedHashSet<String>();
        for (var path : List.of(
                "/",
                "/districts",
                "/districts/west",
                "/districts/nordost",
                "/about",
                "/privacy",
                "/accessibility",
                "/imprint")) {
            for (var language : List.of("de", "en")) {
                var page = browser.page(path + "?lang=" + language);
                assertThat(page.select("h1")).as(path).hasSize(1);
                headingsAreInOrder(page);
                page.select("a[href]").eachAttr("href").stream()
                        .filter(link -> link.startsWith("/"))
                        .forEach(links::add);
            }
        }
        assertThat(links).hasSizeGreaterThan(60);
        for (var link : links) {
            if (!link.matches("/(moderation|demo|api)\\b.*")) {
                assertThat(browser.get(link.replaceFirst("#.*", "")).statusCode())
                        .as(link)
                        .isIn(200, 303);
            }
        }
    }

    @Test
    void the_legal_pages_say_what_is_known_and_that_the_rest_follows() {
        assertThat(browser().page("/imprint?lang=de").text())
                .contains(
                        "Büro für Ratsangelegenheiten",
                        "Angaben folgen durch die Stadt",
                        "Vorführung und kein Angebot");
        assertThat(browser().page("/accessibility?lang=de").text())
                .contains(
                        "barriers@motette.example",
                        "keine Prüfung durch unabhängige Fachleute",
                        "Durchsetzungsstelle des Freistaates Sachsen");
        var cookies = browser().page("/privacy?lang=en").select("table th code").eachText();
        assertThat(cookies)
                .containsExactly(
                        "motette",
                        "motette-refresh",
                        "motette-asked",
                        "motette-passkey",
                        "motette-challenge",
                        "draft",
                        "received",
                        "place",
                        "lang",
                        "order",
                        "choice",
                        "way-back",
                        "motette-kiosk");
    }

    @Test
    void a_page_asks_the_database_as_often_with_many_ideas_as_with_few() {
        var paths = List.of("/", "/districts", "/districts/west");
        paths.forEach(path -> browser().page(path));
        var before = paths.stream().map(this::asked).toList();
        sql.run("insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon,"
                + " lat, exact_place, language, handed_in_at, state_since) select author_id, 'Noch eine Bank ' ||"
                + " n, description, kind, category_key, '62', 'sbb-west', lon, lat, exact_place, language, now(),"
                + " now() from (select * from ideas order by number limit 1) i, generate_series(1, 40) n");
        sql.run("insert into idea_events (idea_number, kind, at) select number, 'published', now() from ideas where"
                + " title like 'Noch eine Bank %'");
        sql.run("insert into idea_events (idea_number, kind, at, amount_cents) select number, 'granted', now() +"
                + " interval '1 minute', 100 from ideas where title like 'Noch eine Bank 1%'");
        assertThat(paths.stream().map(this::asked).toList()).isEqualTo(before);
        assertThat(before).containsExactly(4, 1, 4);
    }

    private int asked(String path) {
        return queries.during(() -> browser().page(path)).size();
    }

    private void rejected(String typed, String sentence) {
        var browser = browser().signIn(Town.resident(7));
        var before = sql.text("select pseudonym from persons where demo_key = ?", "resident-7");
        var answer = browser.submit(browser.page("/me?lang=de"), "/me/pseudonym", Map.of("pseudonym", typed));
        assertThat(answer.statusCode()).isEqualTo(422);
        var page = Jsoup.parse(answer.body());
        assertThat(page.select("#pseudonym-error").text()).contains(sentence);
        assertThat(page.select("#pseudonym").attr("value")).isEqualTo(typed);
        assertThat(page.select("h1").text()).isEqualTo("Hallo, " + before);
        assertThat(sql.text("select pseudonym from persons where demo_key = ?", "resident-7"))
                .isEqualTo(before);
    }

    private static void headingsAreInOrder(Document page) {
        int level = 0;
        for (var heading : page.select("h1, h2, h3, h4")) {
            int next = heading.tagName().charAt(1) - '0';
            assertThat(next).as(page.location() + " " + heading.text()).isLessThanOrEqualTo(level + 1);
            level = next;
        }
    }

    private static String euros(long cents) {
        return new Money(cents).text(Locale.GERMAN).replace('\u00a0', ' ');
    }

    @Singleton
    static class Sql {

        private final JdbcOperations jdbc;

        Sql(JdbcOperations jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        void run(String statement) {
            jdbc.prepareStatement(statement, prepared -> prepared.executeUpdate());
        }

        @Transactional
        long number(String query) {
            return jdbc.prepareStatement(query, statement -> {
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            });
        }

        @Transactional
        String text(String query, String value) {
            return jdbc.prepareStatement(query, statement -> {
                statement.setString(1, value);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getString(1);
                }
            });
        }
    }
}
