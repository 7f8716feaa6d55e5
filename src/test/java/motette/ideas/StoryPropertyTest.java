package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import motette.PortalTest;
import motette.town.Town;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever happens to an idea, in whatever order: its state is what its story says, and what happened stays written. */
class StoryPropertyTest {

    private static final ApplicationContext PORTAL =
            ApplicationContext.run(new HashMap<String, Object>(new PortalTest() {}.getProperties()), "test");
    private static final TransactionOperations<Connection> TRANSACTIONS = transactions();
    private static final Story STORY = PORTAL.getBean(Story.class);
    private static final Ideas IDEAS = new Ideas(TRANSACTIONS);

    /** What was told; {@code undone} is set when it is taken back. */
    private static final class Told {
        private final long id;
        private final EventKind kind;
        private boolean undone;

        Told(long id, EventKind kind) {
            this.id = id;
            this.kind = kind;
        }
    }

    @AfterContainer
    static void stop() {
        PORTAL.close();
    }

    @Property(tries = 120)
    void the_state_is_what_the_story_says(@ForAll("stories") List<EventKind> kinds, @ForAll int choice) {
        long idea = IDEAS.handedIn(Town.resident(1), "Eine Idee mit Geschichte");
        var told = new ArrayList<Told>();
        for (var kind : kinds) {
            var open = told.stream().filter(line -> !line.undone).toList();
            if (kind != EventKind.UNDONE) {
                told.add(new Told(tell(idea, kind), kind));
            } else if (!open.isEmpty()) {
                var undone = open.get(Math.floorMod(choice, open.size()));
                takeBack(idea, undone.id);
                undone.undone = true;
            }
            assertThat(IDEAS.state(idea)).as("after %s", kinds).isEqualTo(expected(told));
            assertThat(IDEAS.text("select (idea_state(?)).state", idea)).isEqualTo(expected(told));
            assertThat(IDEAS.number("select count(*) from ideas where number = ? and published_at is not null", idea))
                    .isEqualTo(
                            told.stream().anyMatch(line -> !line.undone && line.kind == EventKind.PUBLISHED) ? 1 : 0);
        }
        assertThat(IDEAS.number("select count(*) from idea_events where idea_number = ? and kind <> 'undone'", idea))
                .isEqualTo(1L + told.size());
    }

    @Property(tries = 40)
    void taking_back_the_last_line_restores_what_was_before(
            @ForAll("stories") List<EventKind> kinds, @ForAll("deeds") EventKind last) {
        long idea = IDEAS.handedIn(Town.resident(1), "Eine Idee mit Rückweg");
        kinds.stream().filter(kind -> kind != EventKind.UNDONE).forEach(kind -> tell(idea, kind));
        var before = looks(idea);
        long line = tell(idea, last);
        takeBack(idea, line);
        assertThat(looks(idea)).isEqualTo(before);
        assertThatThrownBy(() -> takeBack(idea, line)).as("taken back twice").isInstanceOf(RuntimeException.class);
    }

    @Example
    void nobody_changes_a_story_not_even_with_sql() {
        long idea = IDEAS.published(Town.resident(1), "Eine Idee aus Stein");
        IDEAS.run(
                "insert into idea_versions (idea_number, said, person_id, at) select number,"
                        + " jsonb_build_object('title', title), author_id, now() from ideas where number = ?",
                idea);
        for (var table : List.of("idea_events", "idea_versions")) {
            for (var sql : List.of(
                    "update " + table + " set at = now()", "delete from " + table, "truncate " + table + " cascade")) {
                assertThatThrownBy(() -> IDEAS.run(sql)).as(sql).hasMessageContaining("append-only");
            }
        }
        assertThat(IDEAS.state(idea)).isEqualTo("published");
    }

    @Provide
    Arbitrary<List<EventKind>> stories() {
        return Arbitraries.of(EventKind.values())
                .filter(kind -> kind != EventKind.HANDED_IN)
                .list()
                .ofMaxSize(9);
    }

    @Provide
    Arbitrary<EventKind> deeds() {
        return Arbitraries.of(EventKind.values())
                .filter(kind -> kind != EventKind.HANDED_IN && kind != EventKind.UNDONE);
    }

    private static final Set<EventKind> LEAVING_THE_STATE =
            Set.of(EventKind.PLACE_CORRECTED, EventKind.ON_BALLOT, EventKind.RECOMMENDED);

    private static String expected(List<Told> told) {
        return told.stream()
                .filter(line -> !line.undone && !LEAVING_THE_STATE.contains(line.kind))
                .reduce((first, second) -> second)
                .map(line -> line.kind == EventKind.REVISED ? "handed-in" : line.kind.key())
                .orElse("handed-in");
    }

    private static String looks(long idea) {
        return IDEAS.text("select concat_ws(' ', state, state_since, published_at) from ideas where number = ?", idea);
    }

    private static long tell(long idea, EventKind kind) {
        var reason = kind == EventKind.RETURNED || kind == EventKind.DECLINED ? "other" : "";
        return TRANSACTIONS.executeWrite(status -> STORY.tell(idea, kind, 0, "", reason, "", null));
    }

    private static long takeBack(long idea, long line) {
        return TRANSACTIONS.executeWrite(status -> STORY.takeBack(idea, line, 0, ""));
    }

    @SuppressWarnings("unchecked")
    private static TransactionOperations<Connection> transactions() {
        return PORTAL.getBean(TransactionOperations.class);
    }
}
