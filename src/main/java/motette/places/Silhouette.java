package motette.places;

import java.util.ArrayList;
import java.util.List;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.AffineTransformation;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;

/** The shape of a quarter as a path of an SVG with the viewBox 0 0 160 120: in the middle, a few strokes, whole numbers. */
final class Silhouette {

    static final int WIDTH = 160;
    static final int HEIGHT = 120;
    static final int LONGEST = 600;
    private static final int MARGIN = 8;
    private static final double FINEST = 1.2;
    private static final double COARSER = 1.3;

    private Silhouette() {}

    static String of(Geometry outline) {
        var drawing = fitted(outline);
        var tolerance = FINEST;
        var path = path(TopologyPreservingSimplifier.simplify(drawing, tolerance));
        while (path.length() >= LONGEST && tolerance < WIDTH) {
            tolerance *= COARSER;
            path = path(TopologyPreservingSimplifier.simplify(drawing, tolerance));
        }
        return path;
    }

    /** A degree of longitude is shorter than one of latitude, and an SVG counts downwards. */
    private static Geometry fitted(Geometry outline) {
        var box = outline.getEnvelopeInternal();
        var centre = box.centre();
        var squeeze = Math.cos(Math.toRadians(centre.y));
        var scale =
                Math.min((WIDTH - 2 * MARGIN) / (box.getWidth() * squeeze), (HEIGHT - 2 * MARGIN) / box.getHeight());
        return new AffineTransformation()
                .translate(-centre.x, -centre.y)
                .scale(scale * squeeze, -scale)
                .translate(WIDTH / 2.0, HEIGHT / 2.0)
                .transform(outline);
    }

    private static String path(Geometry drawing) {
        var path = new StringBuilder();
        for (int i = 0; i < drawing.getNumGeometries(); i++) {
            if (drawing.getGeometryN(i) instanceof Polygon part) {
                path.append('M').append(String.join(" ", points(part))).append('Z');
            }
        }
        return path.toString();
    }

    private static List<String> points(Polygon part) {
        var points = new ArrayList<String>();
        for (var corner : part.getExteriorRing().getCoordinates()) {
            var point = Math.round(corner.x) + " " + Math.round(corner.y);
            if (points.isEmpty() || !points.getLast().equals(point)) {
                points.add(point);
            }
        }
        if (points.size() > 1 && points.getLast().equals(points.getFirst())) {
            points.removeLast();
        }
        return points;
    }
}
