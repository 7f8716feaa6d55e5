package motette.places;

import io.micronaut.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** The places of the demo city without a portal around them. */
final class Pack {

    private static final JsonMapper JSON = JsonMapper.createDefault();
    static final CityPack CITY = new CityPack("leipzig", JSON);
    static final Places PLACES = new Places(CITY, JSON);
    static final Patterns PATTERNS = new Patterns(CITY, JSON);

    private Pack() {}

    static List<Map<String, Object>> items(String file) {
        return PackFile.items(CITY, file, JSON);
    }

    static Map<String, Object> geoJson(String file) {
        return PackFile.read(CITY, file, JSON);
    }
}
