package motette.residence;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.places.CityPack;
import motette.places.Places;
import motette.places.Quarter;

/** Which quarters a postcode touches, from the city pack. A city that does not say is asked nothing about it. */
@Singleton
final class Postcodes {

    private final Map<String, List<String>> quarters = new HashMap<>();
    private final Places places;

    Postcodes(CityPack pack, JsonMapper json, Places places) {
        this.places = places;
        try {
            var file = json.readValue(pack.bytes("residence.json"), Argument.mapOf(String.class, Object.class));
            if (file.get("postcodes") instanceof Map<?, ?> codes) {
                codes.forEach((code, keys) -> quarters.put(
                        String.valueOf(code),
                        ((List<?>) keys)
                                .stream()
                                        .map(String::valueOf)
                                        .map(key -> places.known(key).key())
                                        .toList()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the postcode is one of this city, as far as the city said. */
    boolean knows(String postcode) {
        return quarters.isEmpty() || quarters.containsKey(postcode);
    }

    boolean fits(String postcode, String quarterKey) {
        return quarters.isEmpty() || quarters.getOrDefault(postcode, List.of()).contains(quarterKey);
    }

    /** One that touches the quarter; zeros where the city did not say. */
    String one(String quarterKey) {
        return quarters.keySet().stream()
                .sorted()
                .filter(code -> fits(code, quarterKey))
                .findFirst()
                .orElse("00000");
    }

    List<Quarter> quarters(String postcode) {
        return quarters.getOrDefault(postcode, List.of()).stream()
                .map(places::known)
                .toList();
    }
}
