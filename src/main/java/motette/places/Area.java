package motette.places;

import java.util.Set;

/**
 * Quarters that belong together for some purpose; areas may overlap.
 *
 * @param kind     "focus", "attention" or "coordinator"
 * @param quarters keys of the quarters it covers, those of its districts included
 */
public record Area(String key, String kind, String name, Set<String> quarters) {}
