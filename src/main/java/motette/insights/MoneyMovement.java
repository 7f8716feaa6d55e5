package motette.insights;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * One line of the ledger as the public reads it: whoever recorded it stays inside.
 *
 * @param kind      from and to, as "available-reserved"
 * @param reason    in words
 * @param idea      the idea it pays for; 0 where it is for none, or for one that is not public
 * @param title     of the idea
 * @param quarter   where the idea is; empty where it is for none
 * @param body      key
 */
@Introspected
record MoneyMovement(
        Instant at,
        String kind,
        long cents,
        String reason,
        String reference,
        long idea,
        String title,
        String quarter,
        String fundName,
        String body,
        String bodyName,
        int year) {

    String from() {
        return kind.substring(0, kind.indexOf('-'));
    }

    String to() {
        return kind.substring(kind.indexOf('-') + 1);
    }

    /** Where the body's resolutions of the year stand. */
    String resolutions() {
        return "/council/" + body + "/" + year;
    }
}
