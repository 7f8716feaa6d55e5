import java.util.function.UnaryOperator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.CoordinateSequence;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.util.GeometryTransformer;

/**
 * Degrees to metres and back, for one city: a flat map that keeps areas exactly and distances at its middle latitude.
 * Lambert's cylindrical equal-area projection of the WGS84 ellipsoid (Snyder, Map Projections, 1987, pages 81–83).
 */
final class Metric {

    private static final double EQUATOR_RADIUS = 6_378_137;
    private static final double FLATTENING = 1 / 298.257223563;
    private static final double E2 = FLATTENING * (2 - FLATTENING);
    private static final double E = Math.sqrt(E2);

    /** Where a metre east is as long as a metre north: Leipzig's middle. Elsewhere in Germany shapes differ a little, areas do not. */
    private static final double MIDDLE = Math.toRadians(51.34);

    private static final double EAST = EQUATOR_RADIUS * Math.cos(MIDDLE) / Math.sqrt(1 - E2 * square(Math.sin(MIDDLE)));
    private static final double NORTH = square(EQUATOR_RADIUS) / EAST;

    private Metric() {}

    static Coordinate toMetres(Coordinate degrees) {
        return new Coordinate(EAST * Math.toRadians(degrees.x), NORTH * authalic(Math.toRadians(degrees.y)) / 2);
    }

    static Coordinate toDegrees(Coordinate metres, int decimals) {
        double q = 2 * metres.y / NORTH;
        double latitude = MIDDLE;
        for (int step = 0; step < 8; step++) {
            latitude -= (authalic(latitude) - q) / slope(latitude);
        }
        return new Coordinate(
                round(Math.toDegrees(metres.x / EAST), decimals), round(Math.toDegrees(latitude), decimals));
    }

    static Geometry toMetres(Geometry degrees) {
        return new GeometryTransformer() {
            @Override
            protected CoordinateSequence transformCoordinates(CoordinateSequence coordinates, Geometry parent) {
                return each(coordinates, Metric::toMetres, factory);
            }
        }.transform(degrees);
    }

    static Geometry toDegrees(Geometry metres, int decimals) {
        return new GeometryTransformer() {
            @Override
            protected CoordinateSequence transformCoordinates(CoordinateSequence coordinates, Geometry parent) {
                return each(coordinates, coordinate -> toDegrees(coordinate, decimals), factory);
            }
        }.transform(metres);
    }

    static double squareKilometres(Geometry degrees) {
        return toMetres(degrees).getArea() / 1_000_000;
    }

    static double round(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.rint(value * scale) / scale;
    }

    private static CoordinateSequence each(
            CoordinateSequence coordinates, UnaryOperator<Coordinate> change, GeometryFactory factory) {
        Coordinate[] changed = new Coordinate[coordinates.size()];
        for (int index = 0; index < changed.length; index++) {
            changed[index] = change.apply(coordinates.getCoordinate(index));
        }
        return factory.getCoordinateSequenceFactory().create(changed);
    }

    private static double authalic(double latitude) {
        double sine = Math.sin(latitude);
        return (1 - E2) * (sine / (1 - E2 * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));
    }

    private static double slope(double latitude) {
        return 2 * (1 - E2) * Math.cos(latitude) / square(1 - E2 * square(Math.sin(latitude)));
    }

    private static double square(double value) {
        return value * value;
    }
}
