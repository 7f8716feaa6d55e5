package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code from a phone, a look at the card, yes; and who must not. */
@MicronautTest(transactional = false)
class DeskCodesTest extends PortalTest {

    @Inject
    Residences residences;

    @Inject
    DeskCodes deskCodes;

    @Inject
    ResidenceForgetting forgetting;

    @Inject
    LettersTest.EveryTable everyTable;

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    private Residents residents;

    @BeforeEach
    void nobody() {
        residents = new Residents(waiting);
        residents.forgetAll();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_coordinator_sees_the_card_and_says_yes() {
        var person = browser().signIn(Town.resident(1));
        var code = code(person, 1);
        var desk = browser().signIn(Town.coordinator("ost"));
        var check = look(desk, code);
        assertThat(check.statusCode()).isEqualTo(200);
        assertThat(check.body())
                .contains("Testba Person", "7. März 1980", "Prüfstraße 2, 04315 Leipzig", "Volkmarsdorf");
        var yes = desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code));
        var page = desk.follow(yes);
        assertThat(page.text())
                .contains("Bestätigt: wohnt in Volkmarsdorf", "geboren 1980")
                .doesNotContain("Testba");
        assertThat(person.page("/residence").text()).contains("mit dem Ausweis bei der Koordination");
        assertThat(waiting.ask("select w.demo_key from residence_proofs p join persons w on w.id = p.witness_id"))
                .isEqualTo(Town.coordinator("ost"));
        var dump = everyTable.dump();
        for (var secret : List.of(code, code.replace(" ", ""), "Testba", "Prüfstraße", "1980-03-07")) {
            assertThat(dump).as(secret).doesNotContain(secret);
        }
    }

    @Test
    void a_code_is_shown_again_for_ten_minutes_and_works_once() {
        var person = browser().signIn(Town.resident(1));
        var code = code(person, 1);
        assertThat(person.page("/residence/card").select(".code-show__signs").text())
                .isEqualTo(code);
        assertThat(person.page("/residence").text()).contains("Ihr Code für den Tisch gilt noch");
        assertThat(everyTable.dump()).doesNotContain(code).doesNotContain(code.replace(" ", ""));
        var desk = browser().signIn(Town.coordinator("ost"));
        desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code));
        var twice = desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.body()).contains("schon benutzt oder abgelaufen");
        var later = code(person, 1);
        clock.turn(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(look(desk, later).body()).contains("nicht oder nicht mehr");
        assertThat(person.page("/residence/card").select("form[action=/residence/card]"))
                .isNotEmpty();
        forgetting.forget();
        assertThat(waiting.ask("select count(*) from residence_desk_codes")).isEqualTo("0");
    }

    @Test
    void a_coordinator_of_another_area_sees_nothing_of_the_person() {
        var code = code(browser().signIn(Town.resident(1)), 1);
        var desk = browser().signIn(Town.coordinator("west"));
        var refused = look(desk, code);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body())
                .contains("Diese Person wohnt in Volkmarsdorf", "nicht zuständig")
                .doesNotContain("Testba");
        assertThat(desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code))
                        .statusCode())
                .isEqualTo(409);
        assertThat(desk.post("/residence/desk/rejection", Map.of("csrf", desk.token(), "code", code))
                        .statusCode())
                .isEqualTo(409);
        assertThat(waiting.ask("select count(*) from residence_desk_codes")).isEqualTo("1");
        assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isFalse();
    }

    @Test
    void strangers_and_coordinators_without_a_term_do_not_get_to_the_desk() {
        for (var stranger : List.of(Town.resident(1), Town.officer(), Town.chair("ost"), Town.administrator())) {
            var browser = browser().signIn(stranger);
            assertThat(browser.get("/residence/desk").statusCode()).as(stranger).isEqualTo(403);
        }
        var desk = browser().signIn(Town.coordinator("sued"));
        waiting.change("update roles set to_date = current_date - 1 where name = 'coordinator' and person_id = "
                + residents.id(Town.coordinator("sued")));
        assertThat(desk.get("/residence/desk").statusCode()).isEqualTo(403);
        assertThat(Browser.location(browser().get("/residence/desk"))).startsWith("/sign-in");
    }

    @Test
    void nobody_confirms_their_own_card() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var code = code(desk, 1);
        assertThat(look(desk, code).body()).contains("eigenen Ausweis");
        assertThat(desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_slip_is_undone_within_ten_minutes_and_what_was_before_runs_again() {
        long person = residents.id(Town.resident(1));
        residences.shownBy(person, Residents.verified(1));
        var desk = browser().signIn(Town.coordinator("ost"));
        confirm(desk, code(browser().signIn(Town.resident(1)), 1));
        assertThat(residences.of(person).proof().orElseThrow().way()).isEqualTo(Way.DESK);
        var page = desk.page("/residence/desk");
        var action = page.select(".desk-given form").attr("action");
        assertThat(browser()
                        .signIn(Town.coordinator("west"))
                        .post(action, Map.of())
                        .statusCode())
                .isEqualTo(403);
        var west = browser().signIn(Town.coordinator("west"));
        assertThat(west.post(action, Map.of("csrf", west.token())).statusCode()).isEqualTo(404);
        assertThat(desk.follow(desk.submit(page, action, Map.of())).text()).contains("Rückgängig gemacht");
        assertThat(residences.of(person).proof().orElseThrow().way()).isEqualTo(Way.PROVIDER);
        assertThat(waiting.ask("select count(*) from residence_keys k join residence_proofs p on p.id = k.proof_id"
                        + " where p.ended_at is null"))
                .isEqualTo("2");
        confirm(desk, code(browser().signIn(Town.resident(1)), 1));
        var late = desk.page("/residence/desk");
        clock.turn(Duration.ofMinutes(11));
        var refused = desk.submit(late, late.select(".desk-given form").attr("action"), Map.of());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("nicht mehr rückgängig");
    }

    @Test
    void the_former_address_holds_again_after_a_slip_and_is_forgotten_with_the_time_to_undo_it() {
        long person = residents.id(Town.resident(1));
        residences.shownBy(person, Residents.verified(1));
        var address = "select string_agg(encode(hash, 'hex'), ' ') from residence_keys where kind = 'address'";
        var former = waiting.ask(address);
        var desk = browser().signIn(Town.coordinator("ost"));
        var moved = browser().signIn(Town.resident(1));
        confirm(desk, code(moved, Residents.form(1, "street", "Anderer Weg 5")));
        assertThat(waiting.ask(address)).isNotEqualTo(former);
        var page = desk.page("/residence/desk");
        desk.submit(page, page.select(".desk-given form").attr("action"), Map.of());
        assertThat(waiting.ask(address)).isEqualTo(former);
        confirm(desk, code(moved, Residents.form(1, "street", "Anderer Weg 5")));
        var aside = "select count(*) from residence_proofs where address_set_aside is not null";
        assertThat(waiting.ask(aside)).isEqualTo("1");
        clock.turn(Duration.ofMinutes(11));
        forgetting.forget();
        assertThat(waiting.ask(aside)).isEqualTo("0");
    }

    @Test
    void a_no_uses_the_code_up_and_the_person_may_try_again() {
        var person = browser().signIn(Town.resident(1));
        var code = code(person, 1);
        var desk = browser().signIn(Town.coordinator("ost"));
        var no = desk.post("/residence/desk/rejection", Map.of("csrf", desk.token(), "code", code));
        assertThat(desk.follow(no).text()).contains("Nicht bestätigt");
        assertThat(residences.of(residents.id(Town.resident(1))).isShown()).isFalse();
        assertThat(code(person, 1)).isNotEqualTo(code);
    }

    @Test
    void somebody_the_roll_knows_under_another_account_becomes_a_case() {
        residences.shownBy(residents.id(Town.resident(2)), Residents.verified(1));
        var person = browser().signIn(Town.resident(1));
        var desk = browser().signIn(Town.coordinator("ost"));
        var answer = confirm(desk, code(person, 1));
        assertThat(desk.follow(answer).text()).contains("braucht noch das Büro");
        assertThat(person.page("/residence").text()).contains("Sie müssen nichts tun und verlieren nichts");
        assertThat(waiting.ask("select witness_id from residence_cases"))
                .isEqualTo(String.valueOf(residents.id(Town.coordinator("ost"))));
    }

    @Test
    void a_person_without_a_phone_gets_an_entry_without_an_address() {
        var desk = browser().signIn(Town.coordinator("ost"));
        var page = desk.page("/residence/desk/entry");
        assertThat(page.select("#quarter option[value=21]")).isNotEmpty();
        assertThat(page.select("#quarter option[value=61]")).isEmpty();
        var answer = desk.submit(page, "/residence/desk/entry", Residents.form(5));
        assertThat(desk.follow(answer).text()).contains("Bestätigt: wohnt in Volkmarsdorf");
        assertThat(waiting.ask("select p.email is null and p.pseudonym = 'Einwohner:in ' || p.id from persons p"
                        + " join residence_proofs r on r.person_id = p.id"))
                .isEqualTo("t");
        assertThat(everyTable.dump()).doesNotContain("Testfa").doesNotContain("Prüfstraße");
        var people = waiting.ask("select count(*) from persons");
        var twice = desk.submit(page, "/residence/desk/entry", Residents.form(5));
        assertThat(twice.statusCode()).isEqualTo(409);
        assertThat(twice.body()).contains("Es wurde nichts eingetragen");
        assertThat(waiting.ask("select count(*) from persons")).isEqualTo(people);
        assertThat(waiting.ask("select count(*) from residence_cases")).isEqualTo("0");
        var foreign = Residents.form(6, "quarter", "62");
        foreign.put("postcode", "04209");
        assertThat(desk.submit(page, "/residence/desk/entry", foreign).statusCode())
                .isEqualTo(409);
    }

    @Test
    void a_desk_that_guesses_has_to_wait_and_others_work_on() {
        var code = code(browser().signIn(Town.resident(1)), 1);
        long guesser = residents.id(Town.coordinator("suedost"));
        for (int i = 0; i < 40; i++) {
            var guess = Code.of("%5s".formatted(Integer.toString(i, 8)).replaceAll("[01 ]", "9"));
            deskCodes.look(guesser, guess.signs());
        }
        assertThat(deskCodes.look(guesser, code)).isInstanceOf(DeskCodes.Look.No.class);
        assertThat(look(browser().signIn(Town.coordinator("ost")), code).statusCode())
                .isEqualTo(200);
        assertThat(look(browser().signIn(Town.coordinator("ost")), "ABC").body())
                .contains("Tippfehler");
    }

    @Test
    void of_twenty_yes_at_once_one_counts() throws Exception {
        var code = code(browser().signIn(Town.resident(1)), 1);
        long coordinator = residents.id(Town.coordinator("ost"));
        try (var pool = Executors.newFixedThreadPool(20)) {
            var tasks = IntStream.range(0, 20)
                    .mapToObj(i -> (Callable<Outcome>) () -> deskCodes.confirm(coordinator, code))
                    .toList();
            int shown = 0;
            for (var outcome : pool.invokeAll(tasks)) {
                shown += outcome.get() instanceof Outcome.Shown ? 1 : 0;
            }
            assertThat(shown).isEqualTo(1);
        }
        assertThat(waiting.ask("select count(*) from residence_proofs")).isEqualTo("1");
    }

    private static String code(Browser person, int number) {
        return code(person, Residents.form(number));
    }

    private static String code(Browser person, Map<String, String> form) {
        var answer = person.submit(person.page("/residence/card"), "/residence/card", form);
        return person.follow(answer).select(".code-show__signs").text();
    }

    private static HttpResponse<String> look(Browser desk, String code) {
        return desk.submit(desk.page("/residence/desk"), "/residence/desk/code", Map.of("code", code));
    }

    private static HttpResponse<String> confirm(Browser desk, String code) {
        return desk.post("/residence/desk/proof", Map.of("csrf", desk.token(), "code", code));
    }
}
