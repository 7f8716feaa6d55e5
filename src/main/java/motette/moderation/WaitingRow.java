package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** An idea in the queue; {@code odd} where something about it caught the eye, {@code total} is the length of the whole queue. */
@Introspected
record WaitingRow(
        long number, String title, String quarter, String categoryKey, Instant stateSince, boolean odd, long total) {}
