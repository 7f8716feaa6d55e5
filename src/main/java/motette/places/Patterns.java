package motette.places;

import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineSegment;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.operation.linemerge.LineMerger;
import org.locationtech.jts.simplify.DouglasPeuckerSimplifier;

/**
 * Quarters and districts as drawings: the real outline in the middle and the borders around it, from the same simplified
 * outlines as the map. A drawing stands wherever there is no photo.
 */
@Singleton
public class Patterns {

    /** Of the sprite for pages. */
    public static final int WIDTH = 160;

    public static final int HEIGHT = 120;

    private static final GeometryFactory SHAPES = new GeometryFactory();

    private final Map<String, Geometry> quarters;
    private final Map<String, Geometry> districts;

    Patterns(CityPack pack, JsonMapper json) {
        var features = PackFile.objects(PackFile.read(pack, "outlines.json", json), "features");
        this.quarters = ofKind("quarter", features);
        this.districts = ofKind("district", features);
    }

    /**
     * Two paths of an SVG.
     *
     * @param outline the place itself, closed
     * @param around  borders of quarters in the picture, those inside a district too, as open lines
     */
    public record Pattern(String outline, String around) {}

    /**
     * @param width  of the drawing in points, to which decimals are kept
     * @param margin free on every side at least
     */
    public Optional<Pattern> quarter(String key, int width, int height, int margin) {
        return Optional.ofNullable(quarters.get(key)).map(place -> draw(place, width, height, margin, 1));
    }

    /** As {@link #quarter}. */
    public Optional<Pattern> district(String key, int width, int height, int margin) {
        return Optional.ofNullable(districts.get(key)).map(place -> draw(place, width, height, margin, 1));
    }

    /** All districts together; as {@link #quarter}. */
    public Optional<Pattern> city(int width, int height, int margin) {
        return Optional.of(SHAPES.buildGeometry(districts.values()))
                .map(place -> draw(place, width, height, margin, 1));
    }

    /**
     * A place on a map of the whole city.
     *
     * @param outline closed path of an SVG
     * @param x       of a point well inside
     */
    public record Outline(String key, String outline, double x, double y) {}

    /** Quarters and districts in one drawing, so that neighbours meet. */
    public record CityMap(int width, int height, List<Outline> quarters, List<Outline> districts) {}

    /**
     * The whole city as wide as wanted, as high as that makes it.
     *
     * @param margin free on every side
     */
    public CityMap cityMap(int width, int margin) {
        var box = SHAPES.buildGeometry(quarters.values()).getEnvelopeInternal();
        var squeeze = Math.cos(Math.toRadians(box.centre().y));
        var scale = (width - 2 * margin) / (box.getWidth() * squeeze);
        int height = (int) Math.ceil(box.getHeight() * scale) + 2 * margin;
        var fit = new AffineTransformation()
                .translate(-box.getMinX(), -box.getMaxY())
                .scale(scale * squeeze, -scale)
                .translate(margin, margin);
        return new CityMap(width, height, outlines(quarters, fit), outlines(districts, fit));
    }

    private static List<Outline> outlines(Map<String, Geometry> places, AffineTransformation fit) {
        return places.entrySet().stream()
                .map(place -> {
                    var drawing = fit.transform(place.getValue());
                    var inside = drawing.getInteriorPoint().getCoordinate();
                    return new Outline(place.getKey(), closed(drawing, 1), Math.round(inside.x), Math.round(inside.y));
                })
                .toList();
    }

    /** All quarters as symbols with the ids {@code q-<key>}; colours are those of whoever uses one: fill and stroke. */
    String sprite() {
        var sprite = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\">\n");
        new TreeMap<>(quarters).forEach((key, place) -> {
            var pattern = draw(place, WIDTH, HEIGHT, 20, 0);
            sprite.append("<symbol id=\"q-")
                    .append(key)
                    .append("\" viewBox=\"0 0 160 120\" preserveAspectRatio=\"xMidYMid slice\"><path fill=\"none\""
                            + " d=\"")
                    .append(pattern.around())
                    .append("\"/><path d=\"")
                    .append(pattern.outline())
                    .append("\"/></symbol>\n");
        });
        return sprite.append("</svg>\n").toString();
    }

    private Pattern draw(Geometry place, int width, int height, int margin, int decimals) {
        var box = place.getEnvelopeInternal();
        var centre = box.centre();
        // A degree of longitude is shorter than one of latitude, and an SVG counts downwards.
        var squeeze = Math.cos(Math.toRadians(centre.y));
        var scale =
                Math.min((width - 2 * margin) / (box.getWidth() * squeeze), (height - 2 * margin) / box.getHeight());
        var fit = new AffineTransformation()
                .translate(-centre.x, -centre.y)
                .scale(scale * squeeze, -scale)
                .translate(width / 2.0, height / 2.0);
        return new Pattern(
                closed(fit.transform(place), decimals), around(fit, new Envelope(0, width, 0, height), decimals));
    }

    private static String closed(Geometry drawing, int decimals) {
        var path = new StringBuilder();
        for (int i = 0; i < drawing.getNumGeometries(); i++) {
            if (drawing.getGeometryN(i) instanceof GeometryCollection parts) {
                path.append(closed(parts, decimals));
            } else if (drawing.getGeometryN(i) instanceof Polygon part) {
                path.append(line(part.getExteriorRing().getCoordinates(), decimals))
                        .append('Z');
            }
        }
        return path.toString();
    }

    /** Neighbours share their points, so each border is drawn once. */
    private String around(AffineTransformation fit, Envelope window, int decimals) {
        var known = new HashSet<LineSegment>();
        var lines = new LineMerger();
        for (var quarter : quarters.values()) {
            var drawing = fit.transform(quarter);
            if (drawing.getEnvelopeInternal().intersects(window)) {
                for (int i = 0; i < drawing.getNumGeometries(); i++) {
                    if (drawing.getGeometryN(i) instanceof Polygon part) {
                        var corners = part.getExteriorRing().getCoordinates();
                        for (int c = 1; c < corners.length; c++) {
                            var side = new LineSegment(corners[c - 1], corners[c]);
                            side.normalize();
                            if (window.intersects(side.p0, side.p1) && known.add(side)) {
                                lines.add(SHAPES.createLineString(new Coordinate[] {side.p0, side.p1}));
                            }
                        }
                    }
                }
            }
        }
        var path = new StringBuilder();
        for (Object merged : lines.getMergedLineStrings()) {
            var finest = decimals == 0 ? .7 : .3;
            path.append(line(
                    DouglasPeuckerSimplifier.simplify((LineString) merged, finest)
                            .getCoordinates(),
                    decimals));
        }
        return path.toString();
    }

    /** From the second point on relative, which is shorter. */
    private static String line(Coordinate[] corners, int decimals) {
        var unit = Math.pow(10, decimals);
        var steps = new ArrayList<String>();
        long x = 0;
        long y = 0;
        for (int i = 0; i < corners.length; i++) {
            var nextX = Math.round(corners[i].x * unit);
            var nextY = Math.round(corners[i].y * unit);
            if (i == 0 || nextX != x || nextY != y) {
                steps.add(number(nextX - x, unit) + (nextY < y ? "" : " ") + number(nextY - y, unit));
            }
            x = nextX;
            y = nextY;
        }
        return "M" + steps.getFirst() + (steps.size() == 1 ? "" : "l")
                + String.join(" ", steps.subList(1, steps.size())).replace(" -", "-");
    }

    private static String number(long units, double unit) {
        return unit == 1
                ? Long.toString(units)
                : String.format(Locale.ROOT, "%.1f", units / unit).replace(".0", "");
    }

    private static Map<String, Geometry> ofKind(String kind, List<Map<String, Object>> features) {
        return Boundaries.read(Map.of(
                "features",
                features.stream()
                        .filter(feature -> PackFile.text(PackFile.object(feature, "properties"), "kind")
                                .equals(kind))
                        .toList()));
    }
}
