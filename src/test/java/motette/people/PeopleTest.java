package motette.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
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
import org.junit.jupiter.api.Test;

/** The administration of people: finding, granting, ending. */
@MicronautTest(transactional = false)
class PeopleTest extends PortalTest {

    private static final String AREA = "coordinator-west-alt-west";

    @Inject
    Waiting town;

    @Inject
    TestClock clock;

    @AfterEach
    void theRealTime() {
        clock.reset();
    }

    @Test
    void residents_are_told_whose_page_it_is_and_where_their_own_roles_stand() {
        var answer = browser().signIn(Town.resident()).get("/people");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Aufgaben und Amtszeiten pflegt nur die Administration", "href=\"/me\"");
    }

    @Test
    void the_audit_reads_and_changes_nothing() {
        var auditor = browser().signIn(Town.auditor());
        var person = "/people/" + id(Town.resident(3));
        var page = auditor.page(person);
        assertThat(page.select("form[action^=/people]")).isEmpty();
        assertThat(page.text()).contains("Die Rechnungsprüfung liest alles und ändert nichts");
        assertThat(auditor.post(person + "/roles", grant(auditor, "officer", "", ""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(auditor.get("/people/terms").statusCode()).isEqualTo(403);
    }

    @Test
    void people_are_found_by_name_whole_address_role_and_body_and_never_listed() {
        var admin = admin();
        assertThat(search(admin, Map.of()).statusCode()).isEqualTo(422);
        assertThat(search(admin, Map.of("name", "De")).statusCode()).isEqualTo(422);
        assertThat(found(search(admin, Map.of("name", "einwohnerin west")))).containsExactly("Demo-Einwohnerin West");
        assertThat(found(search(admin, Map.of("email", "Resident-3@motette.example"))))
                .hasSize(1);
        assertThat(search(admin, Map.of("email", "resident-3")).statusCode()).isEqualTo(422);
        assertThat(found(search(admin, Map.of("name", "100%")))).isEmpty();
        assertThat(found(search(admin, Map.of("role", "councillor", "scope", "sbb-west"))))
                .hasSize(11)
                .allMatch(name -> name.startsWith("Demo-Beiratsmitglied West"));
        var page = search(admin, Map.of("name", "einwohnerin west"));
        assertThat(page.body()).doesNotContain("@motette.example");
        assertThat(page.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void whoever_is_found_by_their_address_reads_that_they_were() {
        var admin = admin();
        var read = "select count(*) from personal_reads where what = 'search' and person_id = " + id(Town.resident(7));
        assertThat(found(search(
                        admin,
                        Map.of(
                                "name",
                                town.ask("select pseudonym from persons where demo_key ='" + Town.resident(7) + "'")))))
                .isNotEmpty();
        assertThat(town.ask(read)).as("a pseudonym is public").isEqualTo("0");
        search(admin, Map.of("email", Town.resident(7) + "@motette.example"));
        assertThat(town.ask(read)).isEqualTo("1");
        search(admin, Map.of("email", "niemand@motette.example"));
        assertThat(town.ask(read)).isEqualTo("1");
        assertThat(browser().signIn(Town.resident(7)).page("/me/data").text())
                .contains("Ihr Konto, gesucht mit Ihrer E-Mail-Adresse");
        admin.postParts(
                "/people/terms/preview",
                Map.of(
                        "csrf",
                        admin.token(),
                        "list",
                        "E-Mail;Name;Rolle;Gremium;Von;Bis\n" + Town.resident(7)
                                + "@motette.example;;Mitglied;sbb-ost;01.08.2029;",
                        "reason",
                        "Wahl der Probe"));
        assertThat(town.ask(read)).as("by a list of terms, too").isEqualTo("2");
    }

    @Test
    void a_role_is_granted_with_term_and_reason_and_acts_at_once_although_the_token_is_older() {
        var person = browser().signIn(Town.resident(4));
        assertThat(person.get("/moderation").statusCode()).isEqualTo(403);
        var admin = admin();
        var path = "/people/" + id(Town.resident(4));
        var answer = admin.post(path + "/roles", grant(admin, "coordinator", AREA, ""));
        assertThat(Browser.location(answer)).isEqualTo(path + "?said=granted");
        assertThat(admin.page(path).text()).contains("Vergeben von Demo-Büro", "Beschluss der Probe", "läuft");
        assertThat(person.get("/moderation").statusCode()).isEqualTo(200);
        var role = town.ask("select max(id) from roles");
        assertThat(town.ask("select deed || ' ' || reason from audit_entries where subject = 'role:" + role + "'"))
                .isEqualTo("role.grant Beschluss der Probe");
        assertThat(admin.post(path + "/roles", grant(admin, "coordinator", AREA, ""))
                        .statusCode())
                .as("held already")
                .isEqualTo(422);

        var ended = admin.post(
                "/people/roles/" + role + "/ending", Map.of("csrf", admin.token(), "reason", "Wechsel der Aufgabe"));
        assertThat(Browser.location(ended)).isEqualTo(path + "?said=ended");
        var refused = person.get("/moderation");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("Ihre Amtszeit (Koordination) ist am");
        assertThat(person.page("/").select("nav a[href=/moderation]")).isEmpty();
        assertThat(town.ask("select deed || ' ' || reason from audit_entries where subject = 'role:" + role
                        + "' order by id desc limit 1"))
                .isEqualTo("role.ending Wechsel der Aufgabe");
        assertThat(admin.post(path + "/roles", grant(admin, "coordinator", AREA, ""))
                        .statusCode())
                .as("granted anew on the same day")
                .isEqualTo(303);
    }

    @Test
    void what_does_not_fit_comes_back_with_what_was_typed() {
        var admin = admin();
        var path = "/people/" + id(Town.resident(5)) + "/roles";
        for (var wrong : List.of(
                Map.of("role", "king"),
                Map.of("role", "coordinator", "scope", ""),
                Map.of("role", "coordinator", "scope", "sbb-west"),
                Map.of("role", "fund-partner", "scope", "sbb-west"),
                Map.of("role", "officer", "scope", AREA),
                Map.of("role", "officer", "from", "gestern"),
                Map.of("role", "officer", "to", "2020-01-01"),
                Map.of("role", "officer", "from", "2029-08-01", "to", "2029-07-31"),
                Map.of("role", "officer", "reason", "na"))) {
            var sent = grant(admin, "", "", "");
            sent.putAll(wrong);
            var answer = admin.post(path, sent);
            assertThat(answer.statusCode()).as("%s", wrong).isEqualTo(422);
            assertThat(answer.body()).contains("error-summary", sent.get("from"));
        }
        assertThat(admin.post("/people/999999999/roles", grant(admin, "officer", "", ""))
                        .statusCode())
                .isEqualTo(404);
        assertThat(town.ask("select count(*) from roles where person_id = " + id(Town.resident(5))))
                .isEqualTo("0");
    }

    @Test
    void roles_that_conflict_are_refused_by_the_rule_with_its_sentence() {
        var admin = admin();
        var sitting = "/people/" + id(Town.councillor("west", 2)) + "/roles";
        assertThat(admin.post(sitting, grant(admin, "officer", "", "")).body())
                .contains("Verwaltung und Mitglied hat niemand zugleich", "§ 32 SächsGemO");
        assertThat(admin.post("/people/" + id(Town.auditor()) + "/roles", grant(admin, "chair", "sbb-west", ""))
                        .body())
                .contains("Wer prüft, entscheidet und verwaltet nicht selbst");
        town.change("delete from role_conflicts where name = 'councillor' and other = 'officer'");
        try {
            assertThat(admin.post(sitting, grant(admin, "officer", "", "")).statusCode())
                    .as("the rule is data")
                    .isEqualTo(303);
        } finally {
            town.change(
                    "insert into role_conflicts values ('councillor', 'officer', 'no-seat-for-staff', 'Probe', true)");
        }
    }

    @Test
    void nobody_grants_themselves_a_role_and_the_last_administrator_stays() {
        var admin = admin();
        var mine = id(Town.administrator());
        assertThat(admin.post("/people/" + mine + "/roles", grant(admin, "officer", "", ""))
                        .statusCode())
                .isEqualTo(403);
        var role = town.ask("select id from roles where name = 'administrator' and person_id = " + mine);
        var answer = admin.post(
                "/people/roles/" + role + "/ending", Map.of("csrf", admin.token(), "reason", "Ich gehe in Rente"));
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Das ist die letzte Administratorin");
        assertThat(admin.page("/people/" + mine).select("form[action$=/ending]"))
                .isEmpty();
    }

    @Test
    void of_two_administrators_who_end_each_other_at_once_one_remains() throws Exception {
        var admin = admin();
        assertThat(admin.post("/people/" + id(Town.resident(6)) + "/roles", grant(admin, "administrator", "", ""))
                        .statusCode())
                .isEqualTo(303);
        var second = browser().signIn(Town.resident(6));
        var mine = town.ask(
                "select id from roles where name = 'administrator' and acts_until > now() order by id limit 1");
        var theirs = town.ask("select max(id) from roles where name = 'administrator' and acts_until > now()");
        var tokens = List.of(admin.token(), second.token());
        Callable<HttpResponse<String>> one = () -> admin.post(
                "/people/roles/" + theirs + "/ending", Map.of("csrf", tokens.get(0), "reason", "Zur selben Zeit"));
        Callable<HttpResponse<String>> other = () -> second.post(
                "/people/roles/" + mine + "/ending", Map.of("csrf", tokens.get(1), "reason", "Zur selben Zeit"));
        try (var pool = Executors.newFixedThreadPool(8)) {
            pool.invokeAll(List.of(one, other, one, other, one, other, one, other));
        }
        try {
            assertThat(town.ask("select count(*) from roles where name = 'administrator' and acts_until > now()"))
                    .isEqualTo("1");
        } finally {
            town.change("update roles set ended_at = null, ended_by = null, end_reason = '' where id = " + mine);
            town.change(
                    "update roles set ended_at = coalesce(ended_at, now()), end_reason = 'Probe' where id = " + theirs);
        }
    }

    @Test
    void whoever_shows_no_second_factor_reads_but_decides_nothing() {
        var year = LocalDate.now(Time.ZONE).getYear();
        var open = town.ask("select number from ideas where body_key = 'sbb-ost' and state = 'published' limit 1");
        var chair = byLink(Town.chair("ost"));
        var board = "/council/sbb-ost/" + year;
        assertThat(chair.get(board).statusCode()).isEqualTo(200);
        assertThat(chair.get(board + "/ideas/" + open + "/resolution").statusCode())
                .isEqualTo(200);
        wantsConfirming(chair.post(board + "/ideas/" + open + "/resolution", Map.of("csrf", chair.token())));
        wantsConfirming(chair.post("/allocation/sbb-ost/" + year + "/runs", Map.of("csrf", chair.token())));

        var waiting = town.idea(Town.resident(8), "21", "Bänke im Hof", Instant.now());
        var coordinator = byLink(Town.coordinator("ost"));
        for (var deed : List.of("publication", "return", "decline")) {
            wantsConfirming(coordinator.post(
                    "/moderation/ideas/" + waiting + "/" + deed,
                    Map.of("csrf", coordinator.token(), "reason", deed.equals("return") ? "unclear" : "duplicate")));
        }
        assertThat(town.ask("select state from ideas where number = " + waiting))
                .isEqualTo("handed-in");
        wantsConfirming(coordinator.post("/people/delegations", Map.of("csrf", coordinator.token())));

        var admin = byLink(Town.administrator());
        assertThat(admin.get("/people").statusCode()).isEqualTo(200);
        var person = "/people/" + id(Town.resident(9));
        assertThat(admin.page(person).select("form[action$=/roles]")).isEmpty();
        wantsConfirming(admin.post(person + "/roles", grant(admin, "officer", "", "")));
        wantsConfirming(admin.get("/people/terms"));
        wantsConfirming(admin.post(
                "/people/search", Map.of("csrf", admin.token(), "email", Town.resident(9) + "@motette.example")));
        assertThat(town.ask("select count(*) from personal_reads where what = 'search' and person_id = "
                        + id(Town.resident(9))))
                .isEqualTo("0");
    }

    private static void wantsConfirming(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("Bitte bestätigen Sie, dass Sie es sind");
    }

    /** Signed in by a link in a mail, which is one factor. */
    private Browser byLink(String person) {
        var browser = browser();
        browser.post("/sign-in/link", Map.of("email", person + "@motette.example", "next", "/"));
        var link = town.ask("select substring(body from '/sign-in/link/[A-Za-z0-9_-]+') from mails where recipient = '"
                + person + "@motette.example' and topic like 'sign-in%' order by id desc limit 1");
        assertThat(browser.post(link, Map.of()).statusCode()).isEqualTo(303);
        return browser;
    }

    @Test
    void a_term_begins_and_ends_at_midnight_in_berlin_also_where_the_clock_changes() {
        var person = id(Town.resident(7));
        town.change("insert into roles (person_id, name, scope, from_date, to_date, granted_at) values (" + person
                + ", 'coordinator', '" + AREA + "', '2027-03-28', '2027-10-31', now())");
        assertThat(acts(person, "2027-03-27T22:59:59.999Z"))
                .as("the day before")
                .isFalse();
        assertThat(acts(person, "2027-03-27T23:00:00Z"))
                .as("midnight, still in winter time")
                .isTrue();
        assertThat(acts(person, "2027-10-31T22:59:59.999Z"))
                .as("the last moment of a day of 25 hours")
                .isTrue();
        assertThat(acts(person, "2027-10-31T23:00:00Z"))
                .as("midnight in winter")
                .isFalse();
        town.change(
                "update roles set ended_at = '2027-06-01T10:00:00Z', end_reason = 'Probe' where person_id = " + person);
        assertThat(acts(person, "2027-06-01T09:59:59.999Z")).isTrue();
        assertThat(acts(person, "2027-06-01T10:00:00Z")).as("ended at once").isFalse();
        town.change("delete from roles where person_id = " + person);
    }

    private boolean acts(String person, String moment) {
        return town.ask("select count(*) from acting_roles('" + moment + "') where person_id = " + person)
                .equals("1");
    }

    private Browser admin() {
        return browser().signIn(Town.administrator());
    }

    private HttpResponse<String> search(Browser browser, Map<String, String> fields) {
        var sent = new HashMap<>(fields);
        sent.put("csrf", browser.token());
        return browser.post("/people/search", sent);
    }

    private static List<String> found(HttpResponse<String> answer) {
        return org.jsoup.Jsoup.parse(answer.body()).select("tbody th a").eachText();
    }

    private static Map<String, String> grant(Browser browser, String role, String scope, String to) {
        var sent = new HashMap<String, String>();
        sent.put("csrf", browser.token());
        sent.put("role", role);
        sent.put("scope", scope);
        sent.put("from", LocalDate.now(Time.ZONE).toString());
        sent.put("to", to);
        sent.put("reason", "Beschluss der Probe");
        return sent;
    }

    private String id(String person) {
        return town.ask("select id from persons where demo_key = '" + person + "'");
    }
}
