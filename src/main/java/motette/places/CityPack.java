package motette.places;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The folder {@code city/<key>/}: everything that is this city and not Motette. */
@Singleton
public class CityPack {

    private static final List<String> FILES = List.of(
            "city.json",
            "districts.json",
            "quarters.json",
            "communities.json",
            "areas.json",
            "bodies.json",
            "rules.json",
            "funds.json",
            "categories.json",
            "target-groups.json",
            "holidays.json",
            "landmarks.json",
            "residence.json",
            "words.json");

    /** Files a city may do without. */
    private static final List<String> EXTRA_FILES =
            List.of("demo/ideas.json", "demo/waiting.json", "demo/decided.json");

    private final String key;
    private final Map<String, Object> facts;

    CityPack(@Value("${motette.city}") String key, JsonMapper json) {
        this.key = key;
        try {
            this.facts = json.readValue(text("city.json"), Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String key() {
        return key;
    }

    public String name() {
        return fact("name");
    }

    /** The short line on every map; the whole one, as the licence of the boundaries asks, stands where it is explained. */
    public String attribution() {
        return fact("attributionShort");
    }

    public String fullAttribution() {
        return fact("attribution");
    }

    /** Name of the city's own service for defects and waste, to which such requests are handed on. */
    public String reportService() {
        return facts.get("reportService") instanceof Map<?, ?> service ? String.valueOf(service.get("name")) : name();
    }

    /** What an object of city.json says, for example the name of the operator; empty where the city has not said it. */
    public String said(String object, String name) {
        return facts.get(object) instanceof Map<?, ?> said && said.get(name) instanceof String text ? text : "";
    }

    /** A body in the council information system; empty where it has no number there. */
    public String councilUrl(String informationSystemId) {
        return informationSystemId.isEmpty()
                ? ""
                : said("informationSystem", "bodyUrl").replace("{id}", informationSystemId);
    }

    /** A whole number of city.json, for example a number of days. */
    public int number(String fact) {
        if (facts.get(fact) instanceof Number number) {
            return number.intValue();
        } else {
            throw new IllegalStateException("city.json has no number '" + fact + "'");
        }
    }

    /** West, south, east, north in degrees. */
    public List<Double> bounds() {
        return ((List<?>) facts.getOrDefault("boundsLonLat", List.of()))
                .stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    /** One file of the pack as text. */
    public String text(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private boolean has(String file) {
        return CityPack.class.getResource(path(file)) != null;
    }

    private String path(String file) {
        return "/city/" + key + "/" + file;
    }

    public byte[] bytes(String file) {
        try (var in = CityPack.class.getResourceAsStream(path(file))) {
            if (in == null) {
                throw new IllegalStateException("The city pack '" + key + "' has no file " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 over all data files: what was imported is imported again only when it differs. */
    String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            FILES.forEach(file -> digest.update(bytes(file)));
            EXTRA_FILES.stream().filter(this::has).forEach(file -> digest.update(bytes(file)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String fact(String name) {
        return String.valueOf(facts.getOrDefault(name, ""));
    }
}
