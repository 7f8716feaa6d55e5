package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/**
 * Voting with people on site: the rounds, and the ways to paper and tablet.
 *
 * @param tablets whether this visitor looks after shared tablets
 */
@Introspected
record OnSitePage(boolean tablets, List<Row> rounds) {

    /** @param hands whether this visitor hands out papers there */
    @Introspected
    record Row(String slug, String title, String phase, Instant opensAt, Instant closesAt, boolean hands) {

        boolean isOpen() {
            return phase.equals("open");
        }
    }
}
