package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * All rounds that everybody may read.
 *
 * @param running open and held
 * @param coming  announced
 * @param over    closed and later
 */
@Introspected
record RoundsPage(List<RoundCard> running, List<RoundCard> coming, List<RoundCard> over) {

    boolean isEmpty() {
        return running.isEmpty() && coming.isEmpty() && over.isEmpty();
    }
}
