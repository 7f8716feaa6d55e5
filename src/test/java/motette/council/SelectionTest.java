package motette.council;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.Queries;
import motette.town.Town;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@Property(name = "queries.counted", value = "true")
class SelectionTest extends CouncilTest {

    @Inject
    Queries queries;

    private static final String WHY_NOT = "Das Amt baut dort ohnehin im nächsten Jahr.";

    @Test
    void a_proposal_taken_over_becomes_motions_that_lie_there_when_their_items_are_called() {
        var room = new Sitting("mitte", priced("mitte", 3));
        var page = page(room, room.chair);
        int rows = Integer.parseInt(town.ask("select count(*) from agenda_items where session_id = " + room.id));
        assertThat(page.select(".selection__row")).hasSize(rows);
        assertThat(page.select("button[value^=take-]").eachAttr("value"))
                .containsExactly("take-votes", "take-ratio", "take-shares");
        assertThat(save(room, room.chair, "take-shares", Map.of())).isEqualTo(303);
        page = page(room, room.chair);
        var proposed = page.select(".selection__row[data-proposed=true]");
        assertThat(proposed).isNotEmpty();
        assertThat(page.select(".selection__tick input[checked]")).hasSameSizeAs(proposed);
        assertThat(town.ask("select r.rule from council_selections s join allocation_runs r on r.id = s.run_id where"
                        + " s.session_id = " + room.id))
                .as("the run behind it is kept")
                .contains("equal-shares");
        assertThat(save(room, room.chair, "motions", Map.of())).isEqualTo(303);
        var member = page(room, room.member(1));
        assertThat(member.select("form input[type=checkbox]"))
                .as("who sits in the body reads")
                .isEmpty();
        assertThat(member.text()).contains("Liste der Anträge vom");
        room.open(7);
        var index = Integer.parseInt(town.ask("select min(position) - 1 from agenda_items i join"
                + " council_selection_lines l on l.item_id = i.id where l.chosen and i.session_id = " + room.id));
        room.call(index);
        assertThat(town.ask("select kind || ' ' || wording || ' ' || reason from council_motions where item_id = "
                        + room.item(index)))
                .contains("granted Für „", "bewilligt.", "gleichen Anteilen");
        assertThat(room.chair.page(room.path + "/room").text()).contains("bewilligt.");
        assertThat(room.begin(index, "count")).isEqualTo(303);
        assertThat(room.count(index, "yes", "7", "no", "0", "abstentions", "0")).isEqualTo(303);
        assertThat(town.ask("select kind from resolutions where item_id = " + room.item(index)))
                .isEqualTo("granted");
        assertThat(page(room, room.chair).select(".selection__row"))
                .as("what is resolved is not to be chosen any more")
                .hasSize(rows - 1);
    }

    @Test
    void who_differs_from_the_proposal_says_why_and_loses_nothing_that_was_typed() {
        var room = new Sitting("west", priced("west", 3));
        save(room, room.chair, "take-votes", Map.of());
        var page = page(room, room.chair);
        var first = page.select(".selection__row[data-proposed=true] .selection__tick input")
                .attr("name");
        var item = first.substring("in-".length());
        var without = form(page);
        without.remove(first);
        without.put("deed", "motions");
        var refused = room.chair.post(room.path + "/selection", without);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("warum Sie davon abweichen");
        without.put("reason-" + item, "kurz");
        refused = room.chair.post(room.path + "/selection", without);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains(">kurz</textarea>");
        without.put("reason-" + item, WHY_NOT);
        assertThat(room.chair.post(room.path + "/selection", without).statusCode())
                .isEqualTo(page.select(".selection__tick input[checked]").size() == 1 ? 422 : 303);
        assertThatThrownBy(() -> town.change("with s as (insert into council_selections (request_id, session_id,"
                        + " version, basis, moved, available_cents, at, by) values (gen_random_uuid(), "
                        + room.id
                        + ", 99, '', true, 100000, now(), 1) returning id) insert into council_selection_lines"
                        + " select id, true, " + item + ", true, 500, 500, false, '' from s"))
                .as("nor does the database take it")
                .hasMessageContaining("whoever_differs_says_why");
    }

    @Test
    void no_list_of_motions_asks_for_more_than_there_is_or_more_than_it_costs() {
        var room = new Sitting("nord", priced("nord", 2));
        save(room, room.chair, "keep", Map.of());
        var item = room.item(0);
        var dear = save(room, room.chair, "keep", Map.of("in-" + item, "yes", "amount-" + item, "900.000.000"));
        assertThat(dear).isEqualTo(422);
        assertThat(save(room, room.chair, "keep", Map.of("in-" + item, "yes", "amount-" + item, "viel")))
                .isEqualTo(422);
        assertThat(save(room, room.chair, "motions", Map.of()))
                .as("nothing is chosen")
                .isEqualTo(422);
        assertThatThrownBy(() -> town.change("with s as (insert into council_selections (request_id, session_id,"
                        + " version, basis, moved, available_cents, at, by) values (gen_random_uuid(), "
                        + room.id
                        + ", 98, '', true, 100, now(), 1) returning id) insert into council_selection_lines"
                        + " select id, true, " + item + ", true, 500, 500, false, 'Weil es nötig ist.' from s"))
                .hasStackTraceContaining("more than there is");
        var sums = room.chair.post(
                room.path + "/selection/sums",
                with(form(page(room, room.chair)), Map.of("in-" + item, "yes", "amount-" + item, "12,50")));
        assertThat(sums.body()).contains("12,50", "\"state\":\"even\"");
    }

    @Test
    void what_residents_voted_for_is_a_proposal_beside_those_of_the_rules() {
        var voted =
                " from vote_candidates c join vote_publications p on p.round_id = c.round_id join ideas i on i.number ="
                        + " c.idea_number where i.state = 'published'";
        var body = town.ask("select i.body_key" + voted + " group by i.body_key order by count(*) desc, 1 limit 1");
        var ideas = town.ask(
                "select string_agg(distinct i.number::text, ' ')" + voted + " and i.body_key = '" + body + "'");
        var room = new Sitting(body.substring("sbb-".length()), List.of(ideas.split(" ")));
        var page = page(room, room.chair);
        assertThat(page.select("button[value=take-round]")).hasSize(1);
        assertThat(save(room, room.chair, "take-round", Map.of())).isEqualTo(303);
        assertThat(town.ask("select basis || coalesce(run_id::text, ' without a run') from council_selections where"
                        + " session_id = "
                        + room.id))
                .isEqualTo("round without a run");
        var chosen = page(room, room.chair).select(".selection__row[data-proposed=true]");
        assertThat(chosen.select(".selection__tick input[checked]")).hasSameSizeAs(chosen);
    }

    @Test
    void two_who_save_at_once_do_not_write_over_each_other() throws Exception {
        var room = new Sitting("sued", priced("sued", 2));
        var typed = new ArrayList<Map<String, String>>();
        var forms = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var form = with(form(page(room, room.chair)), Map.of("deed", "keep"));
            typed.add(form);
        }
        for (var form : typed) {
            form.put("csrf", room.chair.token());
            forms.add(() -> room.chair.post(room.path + "/selection", form).statusCode());
            forms.add(() -> room.chair.post(room.path + "/selection", form).statusCode());
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(forms)) {
                assertThat(answer.get()).isIn(303, 422);
            }
        }
        assertThat(town.ask("select count(*) from council_selections where session_id = " + room.id))
                .isEqualTo("1");
    }

    @Test
    void a_selection_is_for_the_body_and_what_is_not_public_is_not_in_it() {
        var room = new Sitting("ost", priced("ost", 2));
        town.change("insert into agenda_items (session_id, position, idea_number, title, secrecy, urgency, added_at,"
                + " added_by) select " + room.id
                + ", 9, max(number), 'Geheimes Vorhaben', 'Persönliche Angaben', 'Es eilt sehr, weil die Frist"
                + " abläuft.', now(), 1 from ideas where body_key = 'sbb-ost' and state = 'published'");
        assertThat(room.chair.page(room.path + "/selection").text()).doesNotContain("Geheimes Vorhaben");
        assertThat(browser()
                        .signIn(Town.councillor("mitte", 1))
                        .get(room.path + "/selection")
                        .statusCode())
                .isEqualTo(403);
        assertThat(save(room, room.member(1), "keep", Map.of())).isEqualTo(403);
    }

    @Test
    void the_page_asks_the_database_as_often_for_many_items_as_for_few() {
        var few = new Sitting("suedost", priced("suedost", 1));
        var many = new Sitting("alt-west", priced("alt-west", 6));
        page(few, few.chair);
        page(many, many.chair);
        assertThat(queries.during(() -> page(many, many.chair)))
                .hasSizeLessThanOrEqualTo(
                        queries.during(() -> page(few, few.chair)).size() + 1)
                .hasSizeLessThan(16);
    }

    /** Ideas that cost so little that the body decides without a statement of the administration. */
    private List<String> priced(String district, int ideas) {
        var numbers =
                List.of(town.ask("select string_agg(number::text, ' ') from (select number from ideas where body_key ="
                                + " 'sbb-" + district + "' and state = 'published' and published_at < now()"
                                + " order by number limit " + ideas + ") x")
                        .split(" "));
        numbers.forEach(number -> town.change("update ideas set cost_cents = 30000 + number where number = " + number));
        return numbers;
    }

    private Document page(Sitting room, Browser browser) {
        return browser.page(room.path + "/selection");
    }

    private int save(Sitting room, Browser browser, String deed, Map<String, String> changed) {
        var page = browser == room.chair ? page(room, browser) : page(room, room.chair);
        var form = with(form(page), changed);
        form.put("deed", deed);
        form.put("csrf", browser.token());
        return browser.post(room.path + "/selection", form).statusCode();
    }

    /** As the browser would send it. */
    private static Map<String, String> form(Document page) {
        var fields = new HashMap<String, String>();
        for (var field : page.select("#selection :is(input, textarea)")) {
            if (!field.attr("type").equals("checkbox") || field.hasAttr("checked")) {
                fields.put(field.attr("name"), field.val());
            }
        }
        return fields;
    }

    private static Map<String, String> with(Map<String, String> form, Map<String, String> more) {
        form.putAll(more);
        return form;
    }
}
