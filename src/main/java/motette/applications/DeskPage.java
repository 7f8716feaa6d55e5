package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits at a desk.
 *
 * @param body    key of the one body shown; empty for all
 * @param enters  the reader enters applications from paper
 * @param outlook the next session of the one body shown; null for all
 */
@Introspected
record DeskPage(
        List<Row> rows,
        List<Choice> bodies,
        String body,
        String state,
        boolean enters,
        Deadlines.@Nullable Outlook outlook) {

    static final List<String> STATES = List.of("received", "returned", "complete", "decided", "withdrawn");

    @Introspected
    record Choice(String key, String name, boolean chosen) {}

    /** @param promise by when the office answers; null where it did */
    @Introspected
    record Row(ApplicationRepository.Waiting it, Deadlines.@Nullable Promise promise) {

        String tone() {
            return Tones.of(it.state());
        }

        String icon() {
            return Tones.icon(it.state());
        }

        boolean overdue() {
            return promise != null && promise.overdue();
        }
    }

    List<String> states() {
        return STATES;
    }

    long overdue() {
        return rows.stream().filter(Row::overdue).count();
    }
}
