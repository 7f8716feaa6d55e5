package motette.places;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.index.strtree.STRtree;

/** The exact outlines of the quarters, and which of them a point lies in. */
final class Boundaries {

    private static final GeometryFactory SHAPES = new GeometryFactory();

    private record Cell(String quarter, IndexedPointInAreaLocator area) {

        boolean covers(Coordinate point) {
            return area.locate(point) != Location.EXTERIOR;
        }
    }

    private final STRtree cells = new STRtree();

    Boundaries(Map<String, Geometry> outlines) {
        outlines.forEach((quarter, outline) -> {
            var cell = new Cell(quarter, new IndexedPointInAreaLocator(outline));
            cell.covers(outline.getCoordinate());
            cells.insert(outline.getEnvelopeInternal(), cell);
        });
        cells.build();
    }

    /** A point on a border belongs to the quarter with the lowest key. */
    Optional<String> quarterAt(double lon, double lat) {
        if (Double.isFinite(lon) && Double.isFinite(lat)) {
            var point = new Coordinate(lon, lat);
            List<?> near = cells.query(new Envelope(point));
            return near.stream()
                    .map(Cell.class::cast)
                    .filter(cell -> cell.covers(point))
                    .map(Cell::quarter)
                    .min(Comparator.naturalOrder());
        } else {
            return Optional.empty();
        }
    }

    /** Outline by key of the quarter, from GeoJSON. */
    static Map<String, Geometry> read(Map<String, Object> geoJson) {
        var outlines = new TreeMap<String, Geometry>();
        for (var feature : PackFile.objects(geoJson, "features")) {
            var geometry = PackFile.object(feature, "geometry");
            var parts = PackFile.text(geometry, "type").equals("MultiPolygon")
                    ? PackFile.list(geometry, "coordinates")
                    : List.of(PackFile.list(geometry, "coordinates"));
            var polygons = parts.stream().map(part -> polygon((List<?>) part)).toArray(Polygon[]::new);
            outlines.put(
                    PackFile.text(PackFile.object(feature, "properties"), "key"),
                    polygons.length == 1 ? polygons[0] : SHAPES.createMultiPolygon(polygons));
        }
        return outlines;
    }

    private static Polygon polygon(List<?> rings) {
        var shapes = new ArrayList<LinearRing>();
        for (var ring : rings) {
            shapes.add(SHAPES.createLinearRing(((List<?>) ring)
                    .stream()
                            .map(point -> new Coordinate(degrees(point, 0), degrees(point, 1)))
                            .toArray(Coordinate[]::new)));
        }
        return SHAPES.createPolygon(
                shapes.getFirst(), shapes.subList(1, shapes.size()).toArray(LinearRing[]::new));
    }

    private static double degrees(Object point, int axis) {
        return ((Number) ((List<?>) point).get(axis)).doubleValue();
    }
}
