package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.UUID;

/**
 * A paper of an item (Sitzungsunterlage), a PDF.
 *
 * @param number    as offices count their papers; empty where it has none
 * @param open      whether everybody reads it, from the invitation on
 * @param late      whether it was attached after the invitation
 * @param bytes     of the file, at least 1
 * @param withdrawn why nobody reads it any more; empty while it is there
 */
@Introspected
record AgendaPaper(
        UUID id,
        long item,
        String number,
        String title,
        boolean open,
        boolean late,
        int bytes,
        Instant addedAt,
        String withdrawn) {

    boolean isWithdrawn() {
        return !withdrawn.isEmpty();
    }

    /** Number and title, as people call it. */
    String name() {
        return number.isEmpty() ? title : number + ": " + title;
    }

    long kilobytes() {
        return Math.max(1, bytes / 1024);
    }
}
