package motette.places;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A place people know by name.
 *
 * @param kind "quarter", or what the city pack calls it: "square", "street", "park", "building" …
 */
@Introspected
@Serdeable.Serializable
public record Landmark(String name, String kind, String quarterKey, String quarterName, double lon, double lat) {}
