package motette.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import motette.Browser;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** A word from outside changes a role through a mapping only, and never what was given by hand. */
@MicronautTest(transactional = false)
class RoleMappingsTest extends OidcPortal {

    /** With it nobody who has a role is asked to set up a second factor first. */
    private static final List<String> STRONG = List.of("mfa");

    @Test
    void without_a_mapping_no_claim_changes_a_role() {
        provider.said.put("ohne", Map.of("groups", List.of("administrator", "officer"), "roles", "administrator"));
        var browser = browser();
        assertThat(Browser.location(signIn(browser, "rathaus", "ohne", "/ideas")))
                .isEqualTo("/ideas");
        assertThat(roles("ohne")).isEqualTo("");
        assertThat(browser.get("/people/mappings").statusCode()).isEqualTo(403);
    }

    @Test
    void a_mapping_gives_a_role_with_an_end_and_takes_it_when_the_claim_is_gone() {
        write("groups", "Ordnungsamt", "officer", "30");
        provider.said.put("amt", Map.of("groups", List.of("Alle", "Ordnungsamt"), "amr", STRONG));
        var browser = browser();
        var answer = signIn(browser, "rathaus", "amt", "/budgets");
        assertThat(Browser.location(answer)).isEqualTo("/me/identities/roles?next=%2Fbudgets");
        var news = browser.follow(answer);
        assertThat(news.text()).contains("Ihre Aufgaben haben sich geändert", "neu", "Verwaltung");
        assertThat(news.select("a[href=/budgets]")).isNotEmpty();
        assertThat(roles("amt")).isEqualTo("officer:30");
        assertThat(waiting.ask("select count(*) from audit_entries where deed = 'role.grant-by-mapping' and subject ="
                        + " 'role:' || (select id from roles where person_id = " + personOf("rathaus", "amt") + ")"))
                .isEqualTo("1");
        assertThat(Browser.location(signIn(browser(), "rathaus", "amt", "/budgets")))
                .isEqualTo("/budgets");

        provider.said.put("amt", Map.of("groups", List.of("Alle")));
        var later = browser();
        assertThat(later.follow(signIn(later, "rathaus", "amt", "/")).text()).contains("beendet", "Verwaltung");
        assertThat(roles("amt")).isEqualTo("");

        provider.said.put("amt", Map.of("groups", "Ordnungsamt"));
        signIn(browser(), "rathaus", "amt", "/");
        assertThat(roles("amt")).as("given again on the same day").isEqualTo("officer:30");
    }

    @Test
    void a_role_given_by_hand_is_neither_doubled_nor_taken() {
        write("groups", "Revision", "auditor", "30");
        provider.said.put("hand", Map.of("groups", List.of()));
        signIn(browser(), "rathaus", "hand", "/");
        var person = personOf("rathaus", "hand");
        waiting.change("insert into roles (person_id, name, scope, from_date, granted_at) values (" + person
                + ", 'auditor', '', current_date - 10, now())");
        provider.said.put("hand", Map.of("groups", List.of("Revision"), "amr", STRONG));
        assertThat(Browser.location(signIn(browser(), "rathaus", "hand", "/"))).isEqualTo("/");
        provider.said.put("hand", Map.of("groups", List.of(), "amr", STRONG));
        assertThat(Browser.location(signIn(browser(), "rathaus", "hand", "/"))).isEqualTo("/");
        assertThat(waiting.ask(
                        "select count(*) || ' ' || count(mapping_id) || ' ' || count(ended_at) || ' ' || count(to_date)"
                                + " from roles where person_id = " + person))
                .isEqualTo("1 0 0 0");
    }

    @Test
    void a_claim_of_another_provider_gives_nothing() {
        write("groups", "Nur-Rathaus", "officer", "10");
        provider.said.put("woanders", Map.of("groups", List.of("Nur-Rathaus")));
        signIn(browser(), "land", "woanders", "/");
        assertThat(waiting.ask("select count(*) from roles where person_id = " + personOf("land", "woanders")))
                .isEqualTo("0");
    }

    @Test
    void a_role_lapses_for_whoever_does_not_come_back_and_is_prolonged_for_whoever_does() {
        write("realm_access.roles", "Bauamt", "officer", "10");
        provider.said.put("kommt", Map.of("realm_access", Map.of("roles", List.of("Bauamt"))));
        signIn(browser(), "rathaus", "kommt", "/");
        assertThat(roles("kommt")).isEqualTo("officer:10");
        clock.turn(Duration.ofDays(6));
        signIn(browser(), "rathaus", "kommt", "/");
        assertThat(roles("kommt")).isEqualTo("officer:16");
        clock.turn(Duration.ofDays(11));
        var browser = browser();
        provider.said.put("kommt", Map.of());
        assertThat(Browser.location(signIn(browser, "rathaus", "kommt", "/budgets")))
                .isEqualTo("/budgets");
        assertThat(browser.page("/me").select("#roles").text()
                        + browser.page("/me").text())
                .contains("läuft zurzeit nicht");
    }

    @Test
    void ending_a_mapping_ends_what_it_gave_at_once() {
        write("groups", "Kurz", "officer", "30");
        provider.said.put("kurz", Map.of("groups", "Kurz"));
        signIn(browser(), "rathaus", "kurz", "/");
        assertThat(roles("kurz")).isEqualTo("officer:30");
        var id = waiting.ask("select id from role_mappings where value = 'Kurz'");
        var admin = browser().signIn(Town.administrator());
        var action = "/people/mappings/" + id + "/ending";
        var without = admin.submit(admin.page("/people/mappings"), action, Map.of("reason", ""));
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(roles("kurz")).isEqualTo("officer:30");
        var done =
                admin.submit(admin.page("/people/mappings"), action, Map.of("reason", "Die Gruppe gibt es nicht mehr"));
        assertThat(admin.follow(done).text()).contains("Zuordnung ist beendet", "Die Gruppe gibt es nicht mehr");
        assertThat(roles("kurz")).isEqualTo("");
        assertThat(waiting.ask("select reason from audit_entries where deed = 'role-mapping.ending' and subject ="
                        + " 'role-mapping:"
                        + id + "'"))
                .isEqualTo("Die Gruppe gibt es nicht mehr");
        signIn(browser(), "rathaus", "kurz", "/");
        assertThat(roles("kurz")).isEqualTo("");
    }

    @Test
    void only_the_administration_writes_mappings_with_a_reason_and_never_for_itself() {
        var admin = browser().signIn(Town.administrator());
        var page = admin.page("/people/mappings");
        assertThat(page.select("#role option").eachAttr("value"))
                .contains("officer")
                .doesNotContain("administrator");
        var wrong = admin.submit(page, "/people/mappings", form("groups", "x", "administrator", "400", ""));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("Bitte wählen Sie eine Aufgabe", "Zahl von 1 bis 366", "nennen Sie den Grund");
        assertThat(waiting.ask("select count(*) from role_mappings where role = 'administrator'"))
                .isEqualTo("0");
        for (var person : List.of(Town.resident(), Town.officer(), Town.auditor())) {
            var other = browser().signIn(person);
            assertThat(other.get("/people/mappings").statusCode())
                    .as("%s; the audit reads", person)
                    .isEqualTo(person.equals(Town.auditor()) ? 200 : 403);
            var sent = new LinkedHashMap<String, Object>(form("groups", "x", "officer", "30", "Ein guter Grund"));
            sent.put("csrf", other.token());
            assertThat(other.post("/people/mappings", sent).statusCode())
                    .as(person)
                    .isEqualTo(403);
        }
        write("groups", "Zweimal", "officer", "30");
        assertThat(admin.submit(
                                admin.page("/people/mappings"),
                                "/people/mappings",
                                form("groups", "Zweimal", "officer", "30", "Ein guter Grund"))
                        .body())
                .contains("gilt schon");
    }

    @Test
    void what_the_administration_took_by_hand_no_claim_gives_again() {
        write("groups", "Wiederkehr", "officer", "30");
        provider.said.put("wieder", Map.of("groups", "Wiederkehr"));
        signIn(browser(), "rathaus", "wieder", "/");
        assertThat(roles("wieder")).isEqualTo("officer:30");
        var person = personOf("rathaus", "wieder");
        var admin = browser().signIn(Town.administrator());
        var action = "/people/roles/" + waiting.ask("select id from roles where person_id = " + person) + "/ending";
        assertThat(admin.submit(admin.page("/people/" + person), action, Map.of("reason", "Wechselt das Amt"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(Browser.location(signIn(browser(), "rathaus", "wieder", "/budgets")))
                .isEqualTo("/budgets");
        assertThat(roles("wieder")).isEqualTo("");
    }

    @Test
    void a_mapping_gives_no_role_that_nobody_holds_beside_another() {
        write("groups", "Pruefung", "auditor", "30");
        provider.said.put("beides", Map.of("groups", List.of()));
        signIn(browser(), "rathaus", "beides", "/");
        waiting.change("insert into roles (person_id, name, scope, from_date, granted_at) values ("
                + personOf("rathaus", "beides") + ", 'officer', '', current_date - 10, now())");
        provider.said.put("beides", Map.of("groups", List.of("Pruefung"), "amr", STRONG));
        assertThat(Browser.location(signIn(browser(), "rathaus", "beides", "/budgets")))
                .isEqualTo("/budgets");
        assertThat(waiting.ask(
                        "select string_agg(name, ' ') from roles where person_id = " + personOf("rathaus", "beides")))
                .isEqualTo("officer");
    }

    @Test
    void nobody_raises_themselves_by_a_mapping_they_wrote() {
        write("groups", "Selbst", "officer", "30");
        provider.said.put("selbst", Map.of("groups", List.of()));
        signIn(browser(), "rathaus", "selbst", "/");
        waiting.change(
                "update role_mappings set written_by = " + personOf("rathaus", "selbst") + " where value = 'Selbst'");
        provider.said.put("selbst", Map.of("groups", List.of("Selbst")));
        signIn(browser(), "rathaus", "selbst", "/");
        assertThat(roles("selbst")).isEqualTo("");
    }

    @Test
    void a_mapping_can_name_a_body() {
        var body = waiting.ask("select key from bodies where kind = 'districtCouncil' order by key limit 1");
        write("groups", "Vorsitz", "chair:" + body, "30");
        provider.said.put("vorsitz", Map.of("groups", "Vorsitz"));
        signIn(browser(), "rathaus", "vorsitz", "/");
        assertThat(waiting.ask(
                        "select name || ':' || scope from roles where person_id = " + personOf("rathaus", "vorsitz")))
                .isEqualTo("chair:" + body);
    }

    private void write(String claim, String value, String role, String days) {
        var admin = browser().signIn(Town.administrator());
        var answer = admin.submit(
                admin.page("/people/mappings"),
                "/people/mappings",
                form(claim, value, role, days, "Verfügung 12/2026"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(admin.follow(answer).text()).contains("gilt ab der nächsten Anmeldung", value);
    }

    private static Map<String, String> form(String claim, String value, String role, String days, String reason) {
        return Map.of(
                "provider", "rathaus",
                "claim", claim,
                "value", value,
                "role", role,
                "days", days,
                "from", "2026-01-01",
                "reason", reason);
    }

    /** Running roles with the days between the real today and their last day. */
    private String roles(String subject) {
        return waiting.ask("select coalesce(string_agg(name || ':' || (to_date - current_date), ' '), '') from roles"
                + " where ended_at is null and person_id = " + personOf("rathaus", subject));
    }
}
