import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the files of one city pack say, as far as outlines need it, and whether the files agree with one another. */
record CityPack(
        Path folder,
        double areaKm2,
        String boundariesSource,
        Map<String, List<Map<String, Object>>> files,
        List<Quarter> quarters,
        List<District> districts) {

    record Quarter(String key, String name, String district, double areaKm2, List<Object> labelPoint) {}

    record District(String key, String slug, String name) {}

    /** Something of the pack that claims to lie in a quarter. */
    record Point(String name, String quarter, double lat, double lon) {}

    private static final List<String> NAMES = List.of(
            "districts",
            "quarters",
            "communities",
            "areas",
            "bodies",
            "rules",
            "funds",
            "categories",
            "target-groups",
            "holidays",
            "landmarks",
            "demo/ideas");

    static CityPack read(Path folder) throws IOException {
        Map<String, List<Map<String, Object>>> files = new LinkedHashMap<>();
        for (String name : NAMES) {
            files.put(
                    name,
                    GeoJson.list(content(folder, name).get("items")).stream()
                            .map(GeoJson::map)
                            .toList());
        }
        List<Quarter> quarters = files.get("quarters").stream()
                .map(item -> new Quarter(
                        text(item, "key"),
                        text(item, "name"),
                        text(item, "district"),
                        number(item, "areaKm2"),
                        GeoJson.list(item.get("labelPoint"))))
                .toList();
        List<District> districts = files.get("districts").stream()
                .map(item -> new District(text(item, "key"), text(item, "slug"), text(item, "name")))
                .toList();
        Map<String, Object> city = content(folder, "city");
        return new CityPack(
                folder,
                number(city, "areaKm2"),
                text(GeoJson.map(city.get("boundaries")), "source"),
                files,
                quarters,
                districts);
    }

    private static Map<String, Object> content(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".json");
        if (!Files.exists(file)) {
            throw new Problem("The city pack has no file " + name + ".json.");
        }
        return JSON.std.mapFrom(Files.readString(file));
    }

    Quarter quarter(String key) {
        return quarters.stream()
                .filter(quarter -> quarter.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Problem("There is no quarter " + key + "."));
    }

    District district(String key) {
        return districts.stream()
                .filter(district -> district.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Problem("There is no district " + key + "."));
    }

    /** Landmarks, sample ideas, and the points where the names of quarters are written. */
    List<Point> points() {
        Stream<Point> landmarks =
                files.get("landmarks").stream().map(item -> point("Landmark \"" + item.get("name") + "\"", item));
        Stream<Point> ideas =
                files.get("demo/ideas").stream().map(item -> point("Sample idea " + item.get("id"), item));
        Stream<Point> labels = quarters.stream()
                .map(quarter -> new Point(
                        "The label of " + quarter.name(),
                        quarter.key(),
                        ((Number) quarter.labelPoint().get(1)).doubleValue(),
                        ((Number) quarter.labelPoint().get(0)).doubleValue()));
        return Stream.of(landmarks, ideas, labels).flatMap(points -> points).toList();
    }

    private static Point point(String name, Map<String, Object> item) {
        return new Point(name, text(item, "quarter"), number(item, "lat"), number(item, "lon"));
    }

    List<String> brokenReferences() {
        List<String> broken = new ArrayList<>();
        refer("quarters", "district", "districts", broken);
        refer("communities", "quarters", "quarters", broken);
        refer("areas", "quarters", "quarters", broken);
        refer("areas", "districts", "districts", broken);
        refer("areas", "communities", "communities", broken);
        refer("bodies", "district", "districts", broken);
        refer("bodies", "community", "communities", broken);
        refer("landmarks", "quarter", "quarters", broken);
        refer("demo/ideas", "quarter", "quarters", broken);
        refer("demo/ideas", "community", "communities", broken);
        refer("demo/ideas", "category", "categories", broken);
        refer("demo/ideas", "targetGroups", "target-groups", broken);
        Set<Object> kinds = values("bodies", "kind");
        referTo("rules", "bodyKind", kinds, broken);
        referTo("funds", "bodyKind", kinds, broken);
        for (String kind : List.of("district", "community")) {
            Set<Object> owners = values("bodies", kind);
            values(kind.equals("district") ? "districts" : "communities", "key").stream()
                    .filter(key -> !owners.contains(key))
                    .forEach(key -> broken.add(kind + " " + key + " has no body"));
        }
        Set<Object> funds = values("funds", "key");
        for (Map<String, Object> idea : files.get("demo/ideas")) {
            for (Object share : GeoJson.list(idea.get("funds"))) {
                Object fund = GeoJson.map(share).get("fund");
                if (!funds.contains(fund)) {
                    broken.add("demo/ideas " + idea.get("id") + " names the fund " + fund);
                }
            }
        }
        return broken;
    }

    private void refer(String file, String field, String target, List<String> broken) {
        referTo(file, field, values(target, "key"), broken);
    }

    private void referTo(String file, String field, Set<Object> known, List<String> broken) {
        for (Map<String, Object> item : files.get(file)) {
            Object value = item.get(field);
            List<Object> named = value instanceof List<?>
                    ? GeoJson.list(value)
                    : Optional.ofNullable(value).stream().toList();
            named.stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> broken.add(file + " names the " + field + " " + key));
        }
    }

    private Set<Object> values(String file, String field) {
        return files.get(file).stream()
                .map(item -> item.get(field))
                .filter(value -> value != null)
                .collect(Collectors.toSet());
    }

    private static String text(Map<String, Object> item, String field) {
        return String.valueOf(item.get(field));
    }

    private static double number(Map<String, Object> item, String field) {
        return ((Number) item.get(field)).doubleValue();
    }
}
