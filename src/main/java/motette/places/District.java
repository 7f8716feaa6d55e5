package motette.places;

import io.micronaut.core.annotation.Introspected;

/** A Stadtbezirk. */
@Introspected
public record District(String key, String slug, String name, int population) {}
