import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.locationtech.jts.algorithm.construct.MaximumInscribedCircle;
import org.locationtech.jts.coverage.CoverageSimplifier;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.coverage.CoverageValidator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/**
 * Makes the two outline files of a city pack from one GeoJSON file with every quarter of the city, and checks them.
 *
 * <p>{@code boundaries.geojson} holds the outlines as they are published: the server asks it which quarter a point lies in.
 * {@code outlines.json} holds simplified outlines for the browser; neighbours keep the same line between them.
 *
 * <p>Nothing is written unless every check holds. Same source, same bytes.
 */
final class Boundaries {

    /** Metres. A vertex goes when the triangle it spans is smaller than a square of this side. */
    private static final double SIMPLIFY = 22;

    /** Metres. Two borders closer than this, and not the same, count as a gap. */
    private static final double GAP = 1;

    /** km², between the sum of the quarters and the area the city states. */
    private static final double AREA_TOLERANCE = 0.5;

    private static final int MAXIMUM_GZIP_BYTES = 60 * 1024;

    private final CityPack pack;

    private Boundaries(CityPack pack) {
        this.pack = pack;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            try {
                new Boundaries(CityPack.read(Path.of(arguments[0]))).make(Path.of(arguments[1]));
            } catch (Problem problem) {
                System.err.println("boundaries: " + problem.getMessage());
                System.exit(1);
            }
        } else {
            System.err.println("usage: Boundaries <city pack folder> <GeoJSON file with the quarters>");
            System.exit(2);
        }
    }

    private void make(Path published) throws IOException {
        List<Outline> exact = published(published);
        List<Outline> simple = simplified(exact);
        List<Outline> districts = districts(simple);

        String boundaries = GeoJson.write(
                pack.boundariesSource(), exact.stream().map(this::boundary).toList(), 6);
        List<GeoJson.Feature> drawn =
                new ArrayList<>(simple.stream().map(this::quarter).toList());
        drawn.addAll(districts.stream().map(this::district).toList());
        String outlines = GeoJson.write(pack.boundariesSource() + "; vereinfacht", drawn, 5);

        checkReferences();
        held("outlines: %d quarters, each with its name, key and district".formatted(exact.size()));
        checkArea(exact);
        checkCoverage("exact", exact);
        checkCoverage("simplified", simple);
        checkPoints("exact", exact);
        checkPoints("simplified", simple);
        checkSize(boundaries, outlines);

        write("boundaries.geojson", boundaries);
        write("outlines.json", outlines);
    }

    // Outlines

    private List<Outline> published(Path file) throws IOException {
        Map<String, Outline> byKey = new HashMap<>();
        for (GeoJson.Feature feature : GeoJson.read(Files.readString(file), 6)) {
            CityPack.Quarter quarter = quarterOf(feature.properties());
            if (byKey.put(quarter.key(), new Outline(quarter.key(), quarter.name(), feature.geometry())) != null) {
                throw new Problem("Quarter %s (%s) has two outlines.".formatted(quarter.key(), quarter.name()));
            }
        }
        return pack.quarters().stream().map(quarter -> present(byKey, quarter)).toList();
    }

    /** By name, because a name is what people can check; key and district of the source must then agree. */
    private CityPack.Quarter quarterOf(Map<String, Object> properties) {
        String name = String.valueOf(properties.get("Name"));
        CityPack.Quarter quarter = pack.quarters().stream()
                .filter(candidate -> plain(candidate.name()).equals(plain(name)))
                .findFirst()
                .orElseThrow(() -> new Problem("The outline \"" + name + "\" is no quarter of this city pack."));
        String key = String.valueOf(properties.get("spatial_name"));
        if (!key.equals(quarter.key())) {
            throw new Problem(
                    "The outline \"%s\" bears the key %s, the city pack says %s.".formatted(name, key, quarter.key()));
        }
        String district = pack.district(quarter.district()).name();
        if (!plain(district).equals(plain(String.valueOf(properties.get("BEZIRK"))))) {
            throw new Problem("The outline \"%s\" lies in %s, the city pack says %s."
                    .formatted(name, properties.get("BEZIRK"), district));
        }
        return quarter;
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.GERMAN)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss")
                .replaceAll("[^a-z0-9]", "");
    }

    private static Outline present(Map<String, Outline> byKey, CityPack.Quarter quarter) {
        Outline outline = byKey.get(quarter.key());
        if (outline == null) {
            throw new Problem("Quarter %s (%s) has no outline in the source.".formatted(quarter.key(), quarter.name()));
        }
        return outline;
    }

    /** In metres, so that east and north weigh the same; all quarters at once, so that borders stay shared. */
    private static List<Outline> simplified(List<Outline> exact) {
        Geometry[] simple = CoverageSimplifier.simplify(metric(exact), SIMPLIFY);
        List<Outline> outlines = new ArrayList<>();
        for (int index = 0; index < exact.size(); index++) {
            outlines.add(exact.get(index).with(Metric.toDegrees(simple[index], 5)));
        }
        return outlines;
    }

    private List<Outline> districts(List<Outline> quarters) {
        List<Outline> outlines = new ArrayList<>();
        for (CityPack.District district : pack.districts()) {
            Geometry[] parts = quarters.stream()
                    .filter(outline -> pack.quarter(outline.key()).district().equals(district.key()))
                    .map(Outline::geometry)
                    .toArray(Geometry[]::new);
            outlines.add(new Outline(district.key(), district.name(), CoverageUnion.union(parts)));
        }
        return outlines;
    }

    // Features

    private GeoJson.Feature boundary(Outline outline) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("key", outline.key());
        properties.put("name", outline.name());
        return new GeoJson.Feature(properties, outline.geometry());
    }

    private GeoJson.Feature quarter(Outline outline) {
        CityPack.Quarter quarter = pack.quarter(outline.key());
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("kind", "quarter");
        properties.put("key", quarter.key());
        properties.put("name", quarter.name());
        properties.put("district", quarter.district());
        properties.put("label", quarter.labelPoint());
        return new GeoJson.Feature(properties, outline.geometry());
    }

    private GeoJson.Feature district(Outline outline) {
        Coordinate middle = MaximumInscribedCircle.getCenter(Metric.toMetres(outline.geometry()), 10)
                .getCoordinate();
        Coordinate label = Metric.toDegrees(middle, 5);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("kind", "district");
        properties.put("key", outline.key());
        properties.put("name", outline.name());
        properties.put("slug", pack.district(outline.key()).slug());
        properties.put("label", List.of(label.x, label.y));
        return new GeoJson.Feature(properties, outline.geometry());
    }

    // Checks: one line each, or a Problem

    private void checkReferences() {
        List<String> broken = pack.brokenReferences();
        require(broken.isEmpty(), () -> "The city pack has broken references: " + String.join("; ", broken) + ".");
        held("references: every quarter, district, community, body, fund, category and target group named exists");
    }

    private void checkArea(List<Outline> exact) {
        double sum = 0;
        for (Outline outline : exact) {
            double area = Metric.squareKilometres(outline.geometry());
            double stated = pack.quarter(outline.key()).areaKm2();
            require(
                    Math.abs(area - stated) <= 0.002,
                    () -> "Quarter %s (%s) measures %.3f km², quarters.json says %.3f km²."
                            .formatted(outline.key(), outline.name(), area, stated));
            sum += area;
        }
        double total = sum;
        require(
                Math.abs(total - pack.areaKm2()) <= AREA_TOLERANCE,
                () -> "The quarters measure %.2f km² together, city.json says %.2f km²."
                        .formatted(total, pack.areaKm2()));
        held("area: %.2f km² on the ellipsoid, stated %.2f km²; each quarter as in quarters.json"
                .formatted(total, pack.areaKm2()));
    }

    private void checkCoverage(String which, List<Outline> outlines) {
        for (Outline outline : outlines) {
            require(
                    outline.geometry().isValid(),
                    () -> "The %s outline of quarter %s (%s) crosses itself."
                            .formatted(which, outline.key(), outline.name()));
        }
        Geometry[] wrong = CoverageValidator.validate(metric(outlines), GAP);
        for (int index = 0; index < wrong.length; index++) {
            Outline outline = outlines.get(index);
            boolean matches = wrong[index] == null;
            require(
                    matches,
                    () -> "The %s outline of quarter %s (%s) leaves a gap or overlaps a neighbour."
                            .formatted(which, outline.key(), outline.name()));
        }
        Geometry city =
                CoverageUnion.union(outlines.stream().map(Outline::geometry).toArray(Geometry[]::new));
        require(
                city instanceof Polygon polygon && polygon.getNumInteriorRing() == 0,
                () -> "The %s outlines together are not one area without holes.".formatted(which));
        held("coverage, %s: neighbours share their borders, no overlap, no gap up to %.0f m, no hole; %d points"
                .formatted(
                        which,
                        GAP,
                        Arrays.stream(metric(outlines))
                                .mapToInt(Geometry::getNumPoints)
                                .sum()));
    }

    private void checkPoints(String which, List<Outline> outlines) {
        Map<String, Outline> byKey = new HashMap<>();
        outlines.forEach(outline -> byKey.put(outline.key(), outline));
        List<String> outside = pack.points().stream()
                .filter(point -> !byKey.get(point.quarter()).contains(point.lon(), point.lat()))
                .map(point -> "%s (quarter %s)".formatted(point.name(), point.quarter()))
                .toList();
        require(
                outside.isEmpty(),
                () -> "Outside the %s outline of the quarter they name: %s."
                        .formatted(which, String.join(", ", outside)));
        held("points, %s: %d of the pack lie in the quarter they name"
                .formatted(which, pack.points().size()));
    }

    private void checkSize(String boundaries, String outlines) throws IOException {
        int bytes = gzipped(outlines);
        require(
                bytes <= MAXIMUM_GZIP_BYTES,
                () -> "outlines.json has %d bytes gzipped, more than %d.".formatted(bytes, MAXIMUM_GZIP_BYTES));
        held("size: boundaries.geojson %d bytes, outlines.json %d bytes, %d gzipped"
                .formatted(
                        boundaries.getBytes(StandardCharsets.UTF_8).length,
                        outlines.getBytes(StandardCharsets.UTF_8).length,
                        bytes));
    }

    private static int gzipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Problem(otherwise.get());
        }
    }

    private static void held(String line) {
        System.out.println("ok  " + line);
    }

    private void write(String name, String text) throws IOException {
        Path file = pack.folder().resolve(name);
        boolean same = Files.exists(file) && Files.readString(file).equals(text);
        if (!same) {
            Files.writeString(file, text);
        }
        held(name + (same ? " unchanged" : " written"));
    }

    private static Geometry[] metric(List<Outline> outlines) {
        return outlines.stream().map(Outline::geometry).map(Metric::toMetres).toArray(Geometry[]::new);
    }
}
