package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who belongs to the body, as they are in the room now.
 *
 * @param seat    number of the seat with a vote; 0 for a chair who has none
 * @param since   when they came or went last; null while they have not come
 * @param biased  whether they may not take part in the item that is open
 * @param voter   whether they may take part in the vote that runs or was last
 * @param excused whether they said before that they cannot come
 * @param choice  yes, no, abstention; empty where they have not voted on a device
 */
@Introspected
record RoomMember(
        long personId,
        String name,
        int seat,
        boolean chairs,
        boolean present,
        @Nullable Instant since,
        boolean biased,
        boolean voter,
        boolean excused,
        String choice) {

    boolean hasVote() {
        return seat > 0;
    }
}
