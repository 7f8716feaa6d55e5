package motette.council;

import io.micronaut.core.annotation.Introspected;

/**
 * An idea or application that waits for the body.
 *
 * @param key "idea:12" or "application:3"
 */
@Introspected
record WaitingMatter(String key, String title) {}
