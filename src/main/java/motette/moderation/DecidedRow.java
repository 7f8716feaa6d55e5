package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * A decision of the area.
 *
 * @param here     whether the idea still lies in an area of the reader
 * @param undoable whether it can still be taken back
 * @param undone   whether it was
 * @param deputy   decided in somebody else's place
 */
@Introspected
record DecidedRow(
        long id,
        long number,
        String title,
        String quarter,
        String kind,
        String reasonKey,
        String decidedBy,
        Instant at,
        boolean here,
        boolean undoable,
        boolean undone,
        boolean deputy) {}
