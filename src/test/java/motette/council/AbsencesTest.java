package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class AbsencesTest extends PortalTest {

    @Inject
    Clock clock;

    @Inject
    Waiting town;

    @Test
    void a_member_says_that_they_cannot_come_and_takes_it_back() throws Exception {
        var path = session("ost", 200);
        var member = browser().signIn(Town.councillor("ost", 3));
        assertThat(member.page(path).select("[aria-labelledby=coming] button").text())
                .isEqualTo("Ich kann nicht kommen");
        var form = form(member);
        try (var pool = Executors.newFixedThreadPool(8)) {
            Callable<Integer> say = () -> member.post(path + "/absence", form).statusCode();
            for (var answer : pool.invokeAll(Collections.nCopies(8, say))) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        var id = path.substring(path.lastIndexOf('/') + 1);
        assertThat(town.ask("select count(*) from council_absences where session_id = " + id))
                .isEqualTo("1");
        assertThat(member.page(path).text()).contains("Sie sind entschuldigt");
        var chair = browser().signIn(Town.chair("ost"));
        assertThat(chair.page(path).select("[aria-labelledby=expected] li")).hasSize(1);
        for (var person : List.of("", Town.resident(2), Town.councillor("sued", 1))) {
            var browser = person.isEmpty() ? browser() : browser().signIn(person);
            assertThat(browser.page(path).select("[aria-labelledby=expected], [aria-labelledby=coming]"))
                    .isEmpty();
            if (!person.isEmpty()) {
                assertThat(browser.post(path + "/absence", form(browser)).statusCode())
                        .isEqualTo(403);
            }
        }
        assertThat(member.post(path + "/absence/withdrawal", form).statusCode()).isEqualTo(303);
        assertThat(chair.page(path).select("[aria-labelledby=expected]").text())
                .contains("Bisher hat sich niemand entschuldigt");
        assertThatThrownBy(() -> town.change("insert into council_absences (session_id, person_id, absent, at) select "
                        + id + ", person_id, false, now() from council_absences where session_id = " + id + " limit 1"))
                .hasMessageContaining("stands");
    }

    @Test
    void whoever_plans_sees_when_too_few_will_be_there() {
        var path = session("suedost", 200);
        var chair = browser().signIn(Town.chair("suedost"));
        assertThat(expected(chair, path)).doesNotContain("niemand mehr fehlen");
        for (int seat = 1; seat <= 5; seat++) {
            excuse(path, Town.councillor("suedost", seat));
        }
        assertThat(expected(chair, path)).contains("Es darf niemand mehr fehlen", "6 mit Stimmrecht. Nötig: 6");
        excuse(path, Town.councillor("suedost", 6));
        assertThat(expected(chair, path)).contains("kann das Gremium nicht beschließen");
        assertThat(expected(chair, path)).doesNotContain("Für den Vorsitz ist noch niemand da");
        excuse(path, Town.chair("suedost"));
        assertThat(expected(chair, path)).contains("Für den Vorsitz ist noch niemand da");
        assertThat(chair.page(path).select("[aria-labelledby=coming] a").attr("href"))
                .isEqualTo("/people/delegations");
    }

    @Test
    void the_room_and_the_minutes_say_who_is_excused_and_with_the_opening_it_stands() {
        var path = session("west", 200);
        var chair = browser().signIn(Town.chair("west"));
        var form = form(chair);
        form.put("title", "Bänke am Wasser");
        assertThat(chair.post(path + "/agenda", form).statusCode()).isEqualTo(303);
        assertThat(chair.post(path + "/invitation", form).statusCode()).isEqualTo(303);
        excuse(path, Town.councillor("west", 9));
        var sitting = new Sittings(town, Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
        sitting.open(8);
        assertThat(chair.page(path + "/room").select(".room__members").text()).containsOnlyOnce("entschuldigt");
        var late = browser().signIn(Town.councillor("west", 10));
        assertThat(late.page(path).select("[aria-labelledby=coming]")).isEmpty();
        assertThat(late.post(path + "/absence", form(late)).statusCode()).isEqualTo(409);
        sitting.close();
        assertThat(chair.page(path + "/minutes").text())
                .containsOnlyOnce("(entschuldigt)")
                .contains("Abwesend:");
    }

    private void excuse(String path, String person) {
        var browser = browser().signIn(person);
        assertThat(browser.post(path + "/absence", form(browser)).statusCode()).isEqualTo(303);
    }

    private static String expected(Browser chair, String path) {
        return chair.page(path).select("[aria-labelledby=expected]").text();
    }

    private String session(String district, int ahead) {
        var chair = browser().signIn(Town.chair(district));
        var path = "/council/sbb-" + district + "/sessions";
        for (var day = LocalDate.now(clock).plusDays(ahead); ; day = day.plusDays(1)) {
            var form = form(chair);
            form.putAll(Map.of("days", day.toString(), "time", "18:00", "venue", "Saal im Erdgeschoss"));
            if (chair.post(path, form).statusCode() == 303) {
                return path + "/"
                        + town.ask("select session_id from council_days where body_key = 'sbb-" + district
                                + "' and day = '" + day + "'");
            }
        }
    }

    private static Map<String, String> form(Browser browser) {
        return new HashMap<>(Map.of("csrf", browser.token()));
    }
}
