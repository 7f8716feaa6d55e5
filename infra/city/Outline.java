import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/** The area of a quarter or a district, in degrees (WGS84, longitude first). */
record Outline(String key, String name, Geometry geometry) {

    Outline with(Geometry other) {
        return new Outline(key, name, other);
    }

    boolean contains(double lon, double lat) {
        return geometry.contains(geometry.getFactory().createPoint(new Coordinate(lon, lat)));
    }
}
