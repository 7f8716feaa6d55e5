package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.shared.Time;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class CirculationTest extends CouncilTest {

    @Test
    void where_all_agree_it_is_adopted_and_its_money_set_aside_once() {
        var chair = browser().signIn(Town.chair("mitte"));
        var free = available("mitte");
        var path = start(chair, "mitte", "120");
        assertThat(browser().page(path).text())
                .contains("Läuft bis", "120")
                .doesNotContain("Demo-Beiratsmitglied", "Wer was geantwortet hat");
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted")))
                .as("others may still object")
                .isEqualTo(409);
        var members = town.ask("select string_agg(p.demo_key, ' ') from council_circulation_members m join persons p on"
                        + " p.id = m.person_id where m.circulation_id = " + number(path))
                .split(" ");
        for (var member : members) {
            assertThat(post(browser().signIn(member), path + "/answer", Map.of("answer", "agree")))
                    .isEqualTo(303);
        }
        assertThat(available("mitte")).as("nothing before it is found").isEqualTo(free);
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted"))).isEqualTo(303);
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted")))
                .as("the same form again")
                .isEqualTo(303);
        assertThat(available("mitte")).isEqualTo(free - 12_000);
        var resolution = town.ask("select id from resolutions where circulation_id = " + number(path));
        assertThat(browser()
                        .page("/council/sbb-mitte/resolutions/" + resolution)
                        .text())
                .contains("Das Geld wird dafür bereitgestellt.");
        assertThat(town.ask("select votes_yes || ' ' || votes_no from resolutions where id = " + resolution))
                .isEqualTo(members.length + " 0");
    }

    @Test
    void the_first_objection_ends_it_and_nobody_reads_whose_it_was() {
        var chair = browser().signIn(Town.chair("nord"));
        var path = start(chair, "nord", "50");
        var member = browser().signIn(Town.councillor("nord", 2));
        assertThat(post(member, path + "/answer", Map.of("answer", "agree"))).isEqualTo(303);
        assertThat(post(member, path + "/answer", Map.of("answer", "object")))
                .as("who agreed may think again")
                .isEqualTo(303);
        assertThat(browser().page(path).text()).contains("es gab Widerspruch").doesNotContain("Nord 2");
        assertThat(post(browser().signIn(Town.councillor("nord", 3)), path + "/answer", Map.of("answer", "agree")))
                .isEqualTo(409);
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted"))).isEqualTo(409);
        assertThat(town.ask("select count(*) from mails where topic = 'circulation-" + number(path) + "-failed'"))
                .as("members are told")
                .isNotEqualTo("0");
        assertThatThrownBy(() -> town.change("insert into resolutions (request_id, idea_number, budget_id, event_id,"
            + " circulation_id, kind, amount_cents, reason, votes_yes, votes_no, abstentions, decided_on, recorded_by,"
            + " recorded_at, seats, quorum, without_statement_cents, statement_given) select gen_random_uuid(),"
            + " idea_number, budget_id, (select max(id) from idea_events), id, kind, amount_cents, reason, 11, 0, 0,"
            + " current_date, by, now(), 11, 6, 100, false from council_circulations where id = "
                        + number(path)))
                .as("nor does the database resolve it")
                .hasStackTraceContaining("was not adopted so");
    }

    @Test
    void after_the_last_day_silence_is_consent_and_no_answer_is_taken_any_more() {
        var chair = browser().signIn(Town.chair("west"));
        var path = start(chair, "west", "60");
        over(path);
        assertThat(post(browser().signIn(Town.councillor("west", 1)), path + "/answer", Map.of("answer", "object")))
                .isEqualTo(409);
        assertThat(chair.page(path).text()).contains("Niemand hat widersprochen");
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted"))).isEqualTo(303);
        assertThat(town.ask("select count(*) from resolutions where circulation_id = " + number(path)))
                .isEqualTo("1");
    }

    @Test
    void who_is_biased_is_not_counted_and_with_too_few_nothing_is_adopted() {
        var chair = browser().signIn(Town.chair("sued"));
        var path = start(chair, "sued", "70");
        for (int seat = 1; seat <= 6; seat++) {
            assertThat(post(
                            browser().signIn(Town.councillor("sued", seat)),
                            path + "/answer",
                            Map.of("answer", "biased")))
                    .isEqualTo(303);
        }
        over(path);
        assertThat(post(chair, path + "/end", Map.of("outcome", "adopted"))).isEqualTo(409);
        assertThatThrownBy(() -> town.change(
                        "insert into council_circulation_ends values (" + number(path) + ", 'adopted', '', now(), 1)"))
                .hasStackTraceContaining("is not adopted");
        assertThat(post(chair, path + "/end", Map.of("outcome", "stopped", "reason", "kurz")))
                .isEqualTo(422);
        assertThat(post(chair, path + "/end", Map.of("outcome", "stopped", "reason", "Es sind zu wenige.")))
                .isEqualTo(303);
        assertThat(browser().page(path).text()).contains("Es sind zu wenige.");
    }

    @Test
    void what_is_typed_wrong_is_said_and_kept_and_only_who_runs_the_sessions_begins() {
        var chair = browser().signIn(Town.chair("ost"));
        var form = form("ost", "viel");
        form.put("ends_on", "2020-01-01");
        form.put("simple", "");
        form.put("csrf", chair.token());
        var answer = chair.post("/council/sbb-ost/circulations", form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"viel\"", "warum die Sache einfach ist", "damit alle Zeit zum Lesen haben");
        assertThat(post(browser().signIn(Town.councillor("ost", 1)), "/council/sbb-ost/circulations", form("ost", "5")))
                .isEqualTo(403);
        assertThat(post(chair, "/council/sbb-ost/circulations", form("ost", "9.000.000")))
                .isEqualTo(422);
    }

    @Test
    void of_many_who_begin_answer_and_end_at_once_one_circulation_and_one_resolution_remain() throws Exception {
        var chair = browser().signIn(Town.chair("suedwest"));
        var form = form("suedwest", "80");
        form.put("csrf", chair.token());
        var starts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 6; i++) {
            starts.add(
                    () -> chair.post("/council/sbb-suedwest/circulations", form).statusCode());
            var other = new HashMap<>(form);
            other.put("request_id", UUID.randomUUID().toString());
            starts.add(() ->
                    chair.post("/council/sbb-suedwest/circulations", other).statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(starts)) {
                assertThat(answer.get()).isIn(303, 422, 409);
            }
            assertThat(town.ask("select count(*) from open_circulations o join council_circulations c on c.id ="
                            + " o.circulation_id where c.body_key = 'sbb-suedwest'"))
                    .isEqualTo("1");
            var path = "/council/sbb-suedwest/circulations/"
                    + town.ask("select max(id) from council_circulations where body_key = 'sbb-suedwest'");
            over(path);
            var token = chair.token();
            var ends = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 12; i++) {
                ends.add(() -> chair.post(path + "/end", Map.of("outcome", "adopted", "csrf", token))
                        .statusCode());
            }
            for (var answer : threads.invokeAll(ends)) {
                assertThat(answer.get()).isEqualTo(303);
            }
            assertThat(town.ask("select count(*) || ' ' || sum(amount_cents) from resolutions where circulation_id = "
                            + number(path)))
                    .isEqualTo("1 8000");
        }
    }

    private String start(Browser chair, String district, String amount) {
        assertThat(post(chair, "/council/sbb-" + district + "/circulations", form(district, amount)))
                .isEqualTo(303);
        return "/council/sbb-" + district + "/circulations/"
                + town.ask("select max(id) from council_circulations where body_key = 'sbb-" + district + "'");
    }

    private Map<String, String> form(String district, String amount) {
        var idea = town.ask("select min(number) from ideas i where body_key = 'sbb-" + district + "' and state ="
                + " 'published' and published_at < now() and cost_cents > 20000 and not exists (select from"
                + " applications a where a.idea_number = i.number) and not exists (select from agenda_items a where"
                + " a.idea_number = i.number)");
        return new HashMap<>(Map.of(
                "request_id",
                UUID.randomUUID().toString(),
                "matter",
                "idea:" + idea,
                "amount",
                amount,
                "wording",
                "Das Geld wird dafür bereitgestellt.",
                "reason",
                WHY,
                "simple",
                "Ein kleiner Betrag, über den alle einig sind.",
                "ends_on",
                LocalDate.now(Time.ZONE).plusDays(7).toString()));
    }

    private static String number(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** As if its time were over. */
    private void over(String path) {
        town.change("alter table council_circulations disable trigger circulations_stay");
        town.change("update council_circulations set started_at = started_at - interval '9 days', ends_on = ends_on - 9"
                + " where id = " + number(path));
        town.change("alter table council_circulations enable trigger circulations_stay");
    }

    private static int post(Browser browser, String path, Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("csrf", browser.token());
        return browser.post(path, form).statusCode();
    }
}
