package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An Amtszeit.
 *
 * @param to         last day; null while open
 * @param seats      with a vote, that of the chair only where the chair votes
 * @param source     resolution or statute it follows from
 */
@Introspected
record Term(LocalDate from, @Nullable LocalDate to, int seats, boolean chairVotes, String source) {

    boolean runsOn(LocalDate day) {
        return !from.isAfter(day) && (to == null || !to.isBefore(day));
    }
}
