package motette.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.shared.Time;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody stands in while somebody else is away. */
@MicronautTest(transactional = false)
class DelegationsTest extends PortalTest {

    /** A quarter of the district Ost. */
    private static final String OST = "21";

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    @BeforeEach
    @AfterEach
    void nobodyIsAway() {
        clock.reset();
        town.change("delete from delegations");
    }

    @Test
    void a_coordinator_of_another_area_stands_in_openly_and_it_ends_by_itself() {
        var away = browser().signIn(Town.coordinator("ost"));
        var deputy = browser().signIn(Town.coordinator("nordwest"));
        long number = town.idea(Town.resident(2), OST, "Ein Platz zum Sitzen", Instant.now());
        assertThat(deputy.get("/moderation?idea=" + number).statusCode()).isEqualTo(404);

        assertThat(Browser.location(name(away, choice(away, "Demo-Koordinatorin Nordwest"), 0, 6)))
                .isEqualTo("/people/delegations?said=named");
        assertThat(town.ask("select body from mails where recipient = 'coordinator-nordwest@motette.example'"))
                .contains("Demo-Koordinatorin Ost hat Sie als Vertretung bestimmt", "/people/delegations");
        var desk = deputy.page("/moderation?idea=" + number);
        assertThat(desk.text()).contains("Sie vertreten Demo-Koordinatorin Ost");
        assertThat(deputy.page("/me").text()).contains("in Vertretung");

        deputy.submit(desk, "/moderation/ideas/" + number + "/publication", Map.of());
        assertThat(browser().page("/ideas/" + number).select(".timeline").text())
                .contains("in Vertretung");
        assertThat(away.page("/moderation?view=decided").text()).contains("Demo-Koordinatorin Nordwest, in Vertretung");
        assertThat(town.ask("select deed || ' ' || reason from audit_entries where subject = 'idea:" + number
                        + "' order by id desc limit 1"))
                .startsWith("delegation.deed in Vertretung, delegation:");

        clock.turn(Duration.ofDays(8));
        var later = browser().signIn(Town.coordinator("nordwest"));
        assertThat(later.get("/moderation?idea=" + number).statusCode()).isEqualTo(404);
        clock.reset();
    }

    @Test
    void a_member_of_the_same_council_stands_in_for_its_chair_and_the_board_says_so() {
        var year = LocalDate.now(Time.ZONE).getYear();
        var away = browser().signIn(Town.chair("ost"));
        var page = away.page("/people/delegations");
        assertThat(page.select("#deputy option").eachText())
                .contains("Demo-Beiratsmitglied Ost 3")
                .noneMatch(name -> name.contains("West") || name.contains("Koordinatorin"));
        var deputy = browser().signIn(Town.councillor("ost", 3));
        var open = town.ask("select number from ideas where body_key = 'sbb-ost' and state = 'published' limit 1");
        var form = "/council/sbb-ost/" + year + "/ideas/" + open + "/resolution";
        assertThat(deputy.get(form).statusCode()).isEqualTo(403);
        assertThat(name(away, choice(away, "Demo-Beiratsmitglied Ost 3"), 0, 0).statusCode())
                .isEqualTo(303);
        assertThat(deputy.get(form).statusCode()).isEqualTo(200);
        assertThat(browser().page("/council/sbb-ost/" + year).text())
                .contains("Demo-Beiratsmitglied Ost 3 leitet in Vertretung von Demo-Vorsitz Ost");
        assertThat(browser()
                        .page("/council")
                        .select("tr:contains(leitet in Vertretung)")
                        .eachText())
                .singleElement()
                .asString()
                .contains(
                        "Stadtbezirksbeirat Ost",
                        "Demo-Beiratsmitglied Ost 3 leitet in Vertretung von Demo-Vorsitz Ost");
        assertThat(deputy.get("/council/sbb-west/" + year + "/ideas/" + open + "/resolution")
                        .statusCode())
                .isEqualTo(403);
        var recorded = deputy.submit(
                deputy.page(form),
                form,
                Map.of(
                        "decided_on",
                        LocalDate.now(Time.ZONE).toString(),
                        "kind",
                        "postponed",
                        "amount",
                        "",
                        "yes",
                        "7",
                        "no",
                        "0",
                        "abstentions",
                        "0",
                        "reason",
                        "Noch ohne Kostenplan."));
        assertThat(recorded.statusCode())
                .as(org.jsoup.Jsoup.parse(recorded.body())
                        .select("[id$=-error], .error-summary")
                        .text())
                .isEqualTo(303);
        assertThat(browser()
                        .page("/council/sbb-ost/" + year)
                        .select("tr:has(a[href=/ideas/" + open + "])")
                        .eachText())
                .anyMatch(row -> row.contains("Noch ohne Kostenplan.") && row.contains(", in Vertretung"));

        var mine = deputy.page("/people/delegations");
        var ending = mine.expectFirst("form[action$=/ending]").attr("action");
        assertThat(browser().signIn(Town.councillor("ost", 4)).get(form).statusCode())
                .isEqualTo(403);
        assertThat(Browser.location(deputy.submit(mine, ending, Map.of())))
                .as("the deputy steps back")
                .endsWith("said=ended");
        assertThat(deputy.get(form).statusCode()).isEqualTo(403);
        assertThat(browser().page("/council/sbb-ost/" + year).text()).doesNotContain("leitet in Vertretung");
        assertThat(name(away, choice(away, "Demo-Beiratsmitglied Ost 4"), 0, 3).statusCode())
                .as("another one on the same day")
                .isEqualTo(303);
        assertThat(browser().signIn(Town.councillor("ost", 4)).get(form).statusCode())
                .isEqualTo(200);
    }

    @Test
    void there_are_no_chains() {
        var ost = browser().signIn(Town.coordinator("ost"));
        var nordwest = browser().signIn(Town.coordinator("nordwest"));
        name(ost, choice(ost, "Demo-Koordinatorin Nordwest"), 0, 10);
        assertThat(nordwest.page("/people/delegations").select("#deputy optgroup"))
                .as("only the role that is their own")
                .hasSize(1);
        var borrowed = town.ask("select role_id from delegations") + "-"
                + town.ask("select id from roles where person_id = " + id(Town.coordinator("west")));
        assertThat(name(nordwest, borrowed, 0, 5).statusCode()).isEqualTo(422);

        assertThat(name(nordwest, choice(nordwest, "Demo-Koordinatorin West"), 0, 5)
                        .statusCode())
                .isEqualTo(303);
        long number = town.idea(Town.resident(2), OST, "Noch ein Platz", Instant.now());
        assertThat(browser()
                        .signIn(Town.coordinator("west"))
                        .get("/moderation?idea=" + number)
                        .statusCode())
                .as("the deputy's deputy has nothing of Ost")
                .isEqualTo(404);
        var mitte = browser().signIn(Town.coordinator("mitte"));
        assertThat(name(mitte, choice(mitte, "Demo-Koordinatorin Nordwest"), 2, 3)
                        .body())
                .as("who is away does not stand in")
                .contains("ist in dieser Zeit auch nicht da");
    }

    @Test
    void administration_audit_and_mandate_are_not_handed_on() {
        for (var person : List.of(Town.administrator(), Town.auditor(), Town.councillor("ost", 1), Town.resident())) {
            var browser = browser().signIn(person);
            var answer = browser.get("/people/delegations");
            assertThat(answer.statusCode()).as(person).isEqualTo(403);
            assertThat(answer.body()).contains("lassen sich nicht übertragen", "href=\"/me\"");
            assertThat(browser.post("/people/delegations", Map.of("csrf", browser.token()))
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThatThrownBy(() -> town.change("""
            insert into delegations (role_id, person_id, role_name, deputy_role_id, deputy_id, deputy_name, from_date,
                                     to_date, named_at)
            select a.id, a.person_id, a.name, o.id, o.person_id, o.name, current_date, current_date, now()
              from roles a, roles o where a.name = 'administrator' and o.name = 'officer' limit 1\
            """))
                .as("the database holds the rule, too")
                .rootCause()
                .hasMessageContaining("delegations_role_name_deputy_name_fkey");
    }

    @Test
    void days_that_do_not_fit_come_back() {
        var away = browser().signIn(Town.coordinator("ost"));
        var deputy = choice(away, "Demo-Koordinatorin Nordwest");
        assertThat(name(away, deputy, -1, 3).statusCode()).as("past").isEqualTo(422);
        assertThat(name(away, deputy, 3, 2).statusCode()).as("order").isEqualTo(422);
        assertThat(name(away, deputy, 0, 60).body()).contains("höchstens 60 Tage");
        assertThat(name(away, deputy, 0, 59).statusCode()).isEqualTo(303);
        assertThat(name(away, deputy, 59, 60).body()).contains("In dieser Zeit sind Sie schon vertreten");
        assertThat(name(away, deputy, 60, 61).statusCode()).isEqualTo(303);
        assertThat(name(away, "1-1", 90, 91).statusCode()).isEqualTo(422);
    }

    @Test
    void of_many_deputies_named_at_once_for_the_same_time_there_is_one() throws Exception {
        var away = browser().signIn(Town.chair("ost"));
        var token = away.token();
        var page = away.page("/people/delegations");
        var choices = page.select("#deputy option").eachAttr("value").stream()
                .filter(value -> !value.isEmpty())
                .limit(8)
                .toList();
        var today = LocalDate.now(Time.ZONE);
        var requests = choices.stream()
                .<Callable<HttpResponse<String>>>map(choice -> () -> away.post(
                        "/people/delegations",
                        Map.of("csrf", token, "deputy", choice, "from", today, "to", today.plusDays(3))))
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            assertThat(pool.invokeAll(requests).stream()
                            .map(answer -> answer.resultNow().statusCode()))
                    .containsOnlyOnce(303)
                    .containsOnly(303, 422);
        }
        assertThat(town.ask("select count(*) from delegations")).isEqualTo("1");
    }

    @Test
    void the_database_alone_refuses_two_deputies_at_the_same_time() {
        var both = """
            insert into delegations (role_id, person_id, role_name, deputy_role_id, deputy_id, deputy_name, from_date, to_date, named_at)
            select c.id, c.person_id, c.name, m.id, m.person_id, m.name, current_date, current_date + 1, now()
              from roles c join roles m on m.scope = c.scope and m.name = 'councillor'
             where c.name = 'chair' and c.scope = 'sbb-ost' order by m.id limit 2\
            """;
        assertThatThrownBy(() -> town.change(both)).rootCause().hasMessageContaining("one_deputy_at_a_time");
    }

    @Test
    void it_ends_with_the_role_of_either() {
        var away = browser().signIn(Town.chair("ost"));
        name(away, choice(away, "Demo-Beiratsmitglied Ost 5"), 0, 5);
        var deputy = "select count(*) from acting_roles(now()) where name = 'chair' and person_id = "
                + id(Town.councillor("ost", 5));
        assertThat(town.ask(deputy)).isEqualTo("1");
        for (var role : List.of("deputy_role_id", "role_id")) {
            var which = " where id = (select " + role + " from delegations)";
            town.change("update roles set ended_at = now() - interval '1 minute', end_reason = 'Probe'" + which);
            assertThat(town.ask(deputy)).as(role).isEqualTo("0");
            town.change("update roles set ended_at = null, end_reason = ''" + which);
        }
    }

    private HttpResponse<String> name(Browser browser, String choice, int from, int to) {
        var today = LocalDate.now(Time.ZONE);
        return browser.post(
                "/people/delegations",
                Map.of(
                        "csrf",
                        browser.token(),
                        "deputy",
                        choice,
                        "from",
                        today.plusDays(from),
                        "to",
                        today.plusDays(to)));
    }

    private static String choice(Browser browser, String name) {
        return browser.page("/people/delegations").select("#deputy option").stream()
                .filter(option ->
                        option.text().startsWith(name + " (") || option.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody called " + name))
                .attr("value");
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }
}
