package motette.places;

import io.micronaut.core.annotation.Introspected;

/**
 * An Ortschaft.
 *
 * @param shared covers only a part of its quarter, so that nobody but the person knows whether a place lies in it
 */
@Introspected
public record Community(String key, String name, boolean shared) {}
