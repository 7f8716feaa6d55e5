package motette.applications;

import io.micronaut.core.annotation.Introspected;

/**
 * A line of somebody's own applications.
 *
 * @param title          empty while none is typed
 * @param state          draft, received, returned, complete, decided, withdrawn
 * @param requestedCents 0 before it is sent
 */
@Introspected
public record MyApplication(long id, String title, String state, long requestedCents) {}
