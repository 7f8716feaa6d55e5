import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.MultiPolygon;
import org.locationtech.jts.geom.Polygon;

/** GeoJSON with polygons, as RFC 7946 wants it: longitude first, outer rings counter-clockwise, one feature a line. */
final class GeoJson {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    private GeoJson() {}

    record Feature(Map<String, Object> properties, Geometry geometry) {}

    static List<Feature> read(String text, int decimals) throws IOException {
        List<Feature> features = new ArrayList<>();
        for (Object item : list(JSON.std.mapFrom(text).get("features"))) {
            Map<String, Object> feature = map(item);
            features.add(new Feature(map(feature.get("properties")), geometry(map(feature.get("geometry")), decimals)));
        }
        return features;
    }

    static String write(String source, List<Feature> features, int decimals) throws IOException {
        var text = new StringBuilder(
                "{\"type\":\"FeatureCollection\",\"source\":" + JSON.std.asString(source) + ",\"features\":[\n");
        String separator = "";
        for (Feature feature : features) {
            text.append(separator)
                    .append("{\"type\":\"Feature\",\"properties\":")
                    .append(JSON.std.asString(feature.properties()))
                    .append(",\"geometry\":");
            write(feature.geometry(), decimals, text);
            text.append('}');
            separator = ",\n";
        }
        return text.append("\n]}\n").toString();
    }

    private static Geometry geometry(Map<String, Object> geometry, int decimals) {
        return switch (String.valueOf(geometry.get("type"))) {
            case "Polygon" -> polygon(list(geometry.get("coordinates")), decimals);
            case "MultiPolygon" ->
                GEOMETRY.createMultiPolygon(list(geometry.get("coordinates")).stream()
                        .map(part -> polygon(list(part), decimals))
                        .toArray(Polygon[]::new));
            default -> throw new Problem("An outline is a " + geometry.get("type") + ", not a polygon.");
        };
    }

    private static Polygon polygon(List<Object> rings, int decimals) {
        LinearRing[] linear =
                rings.stream().map(ring -> ring(list(ring), decimals)).toArray(LinearRing[]::new);
        LinearRing[] holes = new LinearRing[linear.length - 1];
        System.arraycopy(linear, 1, holes, 0, holes.length);
        return GEOMETRY.createPolygon(linear[0], holes);
    }

    /** Points that fall together by rounding are one point. */
    private static LinearRing ring(List<Object> points, int decimals) {
        List<Coordinate> coordinates = new ArrayList<>();
        for (Object item : points) {
            List<Object> point = list(item);
            var next = new Coordinate(
                    Metric.round(((Number) point.get(0)).doubleValue(), decimals),
                    Metric.round(((Number) point.get(1)).doubleValue(), decimals));
            if (coordinates.isEmpty() || !coordinates.getLast().equals2D(next)) {
                coordinates.add(next);
            }
        }
        return GEOMETRY.createLinearRing(coordinates.toArray(Coordinate[]::new));
    }

    private static void write(Geometry geometry, int decimals, StringBuilder text) {
        Geometry ordered = geometry.norm();
        switch (ordered) {
            case Polygon polygon -> {
                text.append("{\"type\":\"Polygon\",\"coordinates\":");
                write(polygon, decimals, text);
            }
            case MultiPolygon parts -> {
                text.append("{\"type\":\"MultiPolygon\",\"coordinates\":[");
                for (int index = 0; index < parts.getNumGeometries(); index++) {
                    text.append(index == 0 ? "" : ",");
                    write((Polygon) parts.getGeometryN(index), decimals, text);
                }
                text.append(']');
            }
            default -> throw new Problem("An outline became a " + ordered.getGeometryType() + ".");
        }
        text.append('}');
    }

    private static void write(Polygon polygon, int decimals, StringBuilder text) {
        text.append('[');
        write(polygon.getExteriorRing(), true, decimals, text);
        for (int index = 0; index < polygon.getNumInteriorRing(); index++) {
            text.append(',');
            write(polygon.getInteriorRingN(index), false, decimals, text);
        }
        text.append(']');
    }

    private static void write(LinearRing ring, boolean counterClockwise, int decimals, StringBuilder text) {
        boolean asIs = Orientation.isCCW(ring.getCoordinateSequence()) == counterClockwise;
        Coordinate[] coordinates = (asIs ? ring : ring.reverse()).getCoordinates();
        String separator = "[";
        for (Coordinate coordinate : coordinates) {
            text.append(separator)
                    .append('[')
                    .append(decimal(coordinate.x, decimals))
                    .append(',')
                    .append(decimal(coordinate.y, decimals))
                    .append(']');
            separator = ",";
        }
        text.append(']');
    }

    private static String decimal(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
