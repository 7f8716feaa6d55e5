package motette.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
class ClosingTest extends PortalTest {

    private static final String MINE = "63";
    private static final String REASON = "Unter dieser Idee wird gestritten statt beraten.";

    @Inject
    Waiting waiting;

    @Test
    void a_closed_idea_says_why_and_takes_no_support_until_it_is_opened_again() {
        long idea = published("Ein Brunnen am Platz");
        var early = browser().signIn(Town.resident(1));
        early.post(support(idea), Map.of("csrf", early.token()));
        var west = browser().signIn(Town.coordinator("west"));
        var desk = west.page("/moderation?idea=" + idea);
        assertThat(Browser.location(west.submit(desk, closing(idea), Map.of("reason", REASON))))
                .isEqualTo("/moderation?idea=" + idea);
        var guest = browser().page("/ideas/" + idea);
        assertThat(guest.text()).contains("Geschlossen: " + REASON);
        assertThat(guest.select(".support")).isEmpty();
        var late = browser().signIn(Town.resident(3));
        var form = Map.of("csrf", late.token());
        assertThat(late.post(support(idea), form).statusCode()).isEqualTo(409);
        assertThat(supports(idea)).isEqualTo("1");
        assertThat(early.page("/ideas/" + idea).select(".support__button")).hasSize(1);
        assertThat(early.post(support(idea) + "/withdrawal", Map.of("csrf", early.token()))
                        .statusCode())
                .as("what somebody gave, they can take back")
                .isEqualTo(303);
        assertThat(supports(idea)).isEqualTo("0");

        west.submit(west.page("/moderation?idea=" + idea), closing(idea) + "/reversal", Map.of());
        assertThat(browser().page("/ideas/" + idea).text()).doesNotContain("Geschlossen:");
        assertThat(late.post(support(idea), form).statusCode()).isEqualTo(303);
        assertThat(waiting.ask("select string_agg(deed, ', ' order by id) from audit_entries where subject = 'idea:"
                        + idea + "' and deed in ('idea.closing', 'idea.opening')"))
                .isEqualTo("idea.closing, idea.opening");
    }

    @Test
    void the_author_of_a_closed_idea_does_not_revise_it() {
        long idea = waiting.idea(Town.resident(2), MINE, "Ein Brunnen im Hof", Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at, reason_key) values (" + idea
                + ", 'returned', now(), 'unclear')");
        var author = browser().signIn(Town.resident(2));
        var form = Map.of("csrf", author.token());
        assertThat(author.page("/ideas/" + idea).select("form[action=/ideas/new/revision/" + idea + "]"))
                .hasSize(1);
        close(idea);
        assertThat(author.page("/ideas/" + idea).select("form[action=/ideas/new/revision/" + idea + "]"))
                .isEmpty();
        var refused = author.post("/ideas/new/revision/" + idea, form);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains(REASON);
    }

    @Test
    void closing_needs_a_reason_and_the_area() {
        long idea = published("Ein Brunnen am Ufer");
        var west = browser().signIn(Town.coordinator("west"));
        var answer = west.submit(west.page("/moderation?idea=" + idea), closing(idea), Map.of("reason", "zu laut"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("10 bis 500 Zeichen", ">zu laut</textarea>");
        for (var other : new String[] {Town.coordinator("ost"), Town.coordinator("mitte")}) {
            var elsewhere = browser().signIn(other);
            var form = Map.of("csrf", elsewhere.token(), "reason", REASON);
            assertThat(elsewhere.post(closing(idea), form).statusCode()).isEqualTo(404);
            assertThat(elsewhere.post(closing(idea) + "/reversal", form).statusCode())
                    .isEqualTo(404);
        }
        var resident = browser().signIn(Town.resident());
        assertThat(resident.post(closing(idea), Map.of("csrf", resident.token(), "reason", REASON))
                        .statusCode())
                .isEqualTo(403);
        assertThat(waiting.ask("select count(*) from idea_closings where idea_number = " + idea))
                .isEqualTo("0");
    }

    @Test
    void of_ten_who_close_at_once_one_does_and_the_row_stays_as_it_was() throws Exception {
        long idea = published("Ein Brunnen am Tor");
        var west = browser().signIn(Town.coordinator("west"));
        var form = Map.of("csrf", west.token(), "reason", REASON);
        try (var threads = Executors.newFixedThreadPool(10)) {
            var codes = threads
                    .invokeAll(Collections.<Callable<Integer>>nCopies(
                            10, () -> west.post(closing(idea), form).statusCode()))
                    .stream()
                    .map(answer -> answer.resultNow())
                    .toList();
            assertThat(codes).containsOnly(303, 409).containsOnlyOnce(303);
        }
        assertThat(waiting.ask("select count(*) from idea_closings where idea_number = " + idea))
                .isEqualTo("1");
        assertThatThrownBy(() -> waiting.change(
                        "update idea_closings set reason = 'ein anderer Grund' where idea_number = " + idea))
                .hasStackTraceContaining("not changed");
    }

    private void close(long idea) {
        var west = browser().signIn(Town.coordinator("west"));
        assertThat(west.post(closing(idea), Map.of("csrf", west.token(), "reason", REASON))
                        .statusCode())
                .isEqualTo(303);
    }

    private long published(String title) {
        long number = waiting.idea(Town.resident(2), MINE, title, Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at) values (" + number + ", 'published', now())");
        return number;
    }

    private String supports(long idea) {
        return waiting.ask("select count(*) from supports where idea_number = " + idea);
    }

    private static String support(long idea) {
        return "/ideas/" + idea + "/support";
    }

    private static String closing(long idea) {
        return "/moderation/ideas/" + idea + "/closing";
    }
}
