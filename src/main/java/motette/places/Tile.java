package motette.places;

import java.util.List;

/**
 * A square of the Web Mercator map (EPSG:3857) as map services number them.
 *
 * @param x from the west, 0 to 2^zoom - 1
 * @param y from the north
 */
record Tile(int zoom, int x, int y) {

    /** @param box west, south, east, north in degrees */
    boolean touches(List<Double> box) {
        var count = Math.pow(2, zoom);
        return x + 1 > column(box.get(0)) * count
                && x < column(box.get(2)) * count
                && y + 1 > row(box.get(3)) * count
                && y < row(box.get(1)) * count;
    }

    /** 0 to 1. */
    private static double column(double lon) {
        return (lon + 180) / 360;
    }

    private static double row(double lat) {
        var radians = Math.toRadians(lat);
        return (1 - Math.log(Math.tan(radians) + 1 / Math.cos(radians)) / Math.PI) / 2;
    }
}
