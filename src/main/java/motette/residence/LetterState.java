package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;

/**
 * Where somebody's letter is.
 *
 * @param sentAt     when it was printed or taken to the post; empty while it waits
 * @param until      end of its code; empty while it waits
 * @param caseNumber of the case for which it waits; 0 for none
 * @param isOver     its code no longer holds
 */
@Introspected
record LetterState(
        long id, Instant askedAt, Optional<Instant> sentAt, Optional<Instant> until, long caseNumber, boolean isOver) {

    /** waiting, held, sent or over. */
    String key() {
        if (caseNumber != 0) {
            return "held";
        } else if (isOver) {
            return "over";
        } else {
            return sentAt.isPresent() ? "sent" : "waiting";
        }
    }
}
