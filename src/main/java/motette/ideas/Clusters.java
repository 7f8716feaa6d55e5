package motette.ideas;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What the map draws: single ideas, and circles with a number where they lie closer than a finger. The grid is fixed to the
 * world, so that moving the map does not regroup anything.
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record Clusters(List<Cluster> clusters, List<Marker> ideas) {

    /** Side of a cell of the grid in pixels of the Web Mercator map. */
    private static final double CELL_PIXELS = 72;

    /** From this zoom on every idea stands alone, at most this many. */
    private static final int SINGLE_ZOOM = 17;

    private static final int MOST_MARKERS = 400;

    /** @param bounds west, south, east, north */
    @Serdeable
    record Cluster(double lon, double lat, int count, List<Double> bounds) {}

    @Serdeable
    record Marker(
            long number,
            String title,
            double lon,
            double lat,
            String category,
            String color,
            String icon,
            String state,
            String url) {}

    /**
     * @param points those inside the window that is shown
     * @param zoom   0 to 22
     */
    static Clusters of(List<IdeaIndex.Point> points, int zoom) {
        var cells = new HashMap<Long, Cell>();
        var alone = zoom >= SINGLE_ZOOM && points.size() <= MOST_MARKERS;
        var scale = 256 * Math.pow(2, zoom) / CELL_PIXELS;
        for (var point : points) {
            var key = alone ? point.number() : cell(point, scale);
            cells.computeIfAbsent(key, absent -> new Cell(point)).add(point);
        }
        var clusters = new ArrayList<Cluster>();
        var markers = new ArrayList<Marker>();
        cells.values().forEach(cell -> {
            if (cell.count == 1) {
                markers.add(marker(cell.first));
            } else {
                clusters.add(cell.cluster());
            }
        });
        return new Clusters(clusters, markers);
    }

    private static long cell(IdeaIndex.Point point, double scale) {
        return ((long) (point.x() * scale) << 32) | (long) (point.y() * scale);
    }

    private static Marker marker(IdeaIndex.Point point) {
        return new Marker(
                point.number(),
                point.title(),
                point.lon(),
                point.lat(),
                point.category(),
                point.tone(),
                point.icon(),
                point.state(),
                "/ideas/" + point.number());
    }

    /** What a circle must know of the ideas below it. */
    private static final class Cell {

        private final IdeaIndex.Point first;
        private int count;
        private double west = 180, south = 90, east = -180, north = -90, lons, lats;

        Cell(IdeaIndex.Point first) {
            this.first = first;
        }

        void add(IdeaIndex.Point point) {
            count++;
            west = Math.min(west, point.lon());
            east = Math.max(east, point.lon());
            south = Math.min(south, point.lat());
            north = Math.max(north, point.lat());
            lons += point.lon();
            lats += point.lat();
        }

        Cluster cluster() {
            return new Cluster(
                    Math.clamp(round(lons / count), west, east),
                    Math.clamp(round(lats / count), south, north),
                    count,
                    List.of(west, south, east, north));
        }
    }

    private static double round(double degrees) {
        return Math.round(degrees * 1e5) / 1e5;
    }
}
