package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/**
 * That the members were invited.
 *
 * @param noticeDays days before the session that the rules asked for
 * @param urgency    why it was later than that; empty where it was not
 */
@Introspected
record Invitation(Instant at, int noticeDays, String urgency) {}
