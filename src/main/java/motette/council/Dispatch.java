package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;

/** @param channel "mail" or "post" */
@Introspected
record Dispatch(String name, String channel, Instant at) {}
