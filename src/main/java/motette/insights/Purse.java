package motette.insights;

import io.micronaut.core.annotation.Introspected;

/**
 * What a fund gives a body in a year.
 *
 * @param open      whether there is a budget yet
 * @param district  key; empty for other bodies
 * @param community key; empty for other bodies
 */
@Introspected
record Purse(
        boolean open,
        String fund,
        String fundName,
        String body,
        String bodyName,
        String bodyKind,
        String district,
        String community) {}
