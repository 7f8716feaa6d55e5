package motette.places;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A JSON file of the pack, read loosely; the database reads the same files with its own types. */
final class PackFile {

    private PackFile() {}

    static Map<String, Object> read(CityPack pack, String file, JsonMapper json) {
        try {
            return json.readValue(pack.bytes(file), Argument.mapOf(String.class, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The file " + file + " of the city pack '" + pack.key() + "' is no JSON object", e);
        }
    }

    static List<Map<String, Object>> items(CityPack pack, String file, JsonMapper json) {
        return objects(read(pack, file, json), "items");
    }

    static List<Map<String, Object>> objects(Map<String, Object> object, String field) {
        return list(object, field).stream().map(PackFile::asObject).toList();
    }

    static Map<String, Object> object(Map<String, Object> object, String field) {
        return asObject(present(object, field));
    }

    static List<?> list(Map<String, Object> object, String field) {
        return (List<?>) present(object, field);
    }

    static String text(Map<String, Object> object, String field) {
        return (String) present(object, field);
    }

    static double number(Map<String, Object> object, String field) {
        return ((Number) present(object, field)).doubleValue();
    }

    static boolean holds(Map<String, Object> object, String field) {
        return Boolean.TRUE.equals(object.get(field));
    }

    private static Object present(Map<String, Object> object, String field) {
        var value = object.get(field);
        if (value == null) {
            throw new IllegalStateException("The city pack lacks '%s' in %.80s".formatted(field, object));
        } else {
            return value;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asObject(Object value) {
        return (Map<String, Object>) value;
    }
}
