package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** A line of the idea's story; {@code office} is the name of area or body, empty for the author; {@code deputy} in somebody else's place. */
@Introspected
record HistoryRow(
        String kind,
        Instant at,
        String office,
        boolean area,
        String reasonKey,
        String note,
        boolean undone,
        boolean deputy) {}
