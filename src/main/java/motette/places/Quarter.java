package motette.places;

import io.micronaut.core.annotation.Introspected;

/**
 * An Ortsteil.
 *
 * @param labelLon a point well inside, in degrees
 */
@Introspected
public record Quarter(
        String key,
        String name,
        String districtKey,
        String districtName,
        String districtSlug,
        double labelLon,
        double labelLat) {}
