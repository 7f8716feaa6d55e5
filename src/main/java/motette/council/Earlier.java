package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** How a session had been planned, and why that was changed when. */
@Introspected
record Earlier(Instant startsAt, String venue, String reason, Instant changedAt) {}
