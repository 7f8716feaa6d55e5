package motette.statements;

import io.micronaut.core.annotation.Introspected;

/** An office (Amt) of the city. */
@Introspected
record Office(String key, String name, boolean isDefault) {}
