package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.Optional;

/**
 * What may be voted for (Wahlvorschlag), as the latest version of the ballot has it.
 *
 * @param number    place on the ballot, from 1, drawn by lot
 * @param version   1 as announced
 * @param withdrawn why it cannot win any more; empty while it can
 */
@Introspected
record Candidate(
        int number,
        String districtKey,
        long ideaNumber,
        int version,
        String title,
        String description,
        long costCents,
        Optional<String> withdrawn) {

    boolean stands() {
        return withdrawn.isEmpty();
    }
}
