package motette.ideas;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
     * Close up, single ideas of the window; further away the circles of the whole map that reach into it, so that a circle
     * at its edge counts the same wherever the window ends.
     *
     * @param snapshot what lies on the map
     * @param wanted   which of it; null: all
     * @param zoom     0 to 22
     */
    static Clusters of(
            IdeaIndex.Snapshot snapshot, @Nullable Predicate<IdeaIndex.Point> wanted, Window window, int zoom) {
        if (zoom < SINGLE_ZOOM) {
            return within(wanted == null ? snapshot.grid(zoom) : grid(snapshot.matching(wanted), zoom, false), window);
        } else {
            return of(
                    snapshot.matching(point ->
                            window.contains(point.lon(), point.lat()) && (wanted == null || wanted.test(point))),
                    zoom);
        }
    }

    /** All of these points. */
    static Clusters of(List<IdeaIndex.Point> points, int zoom) {
        return within(
                grid(points, zoom, zoom >= SINGLE_ZOOM && points.size() <= MOST_MARKERS),
                new Window(-180, -90, 180, 90));
    }

    private static Clusters within(Grid grid, Window window) {
        var clusters = new ArrayList<Cluster>();
        var markers = new ArrayList<Marker>();
        for (var cell : grid.cells) {
            if (window.touches(cell.west, cell.south, cell.east, cell.north)) {
                if (cell.cluster == null) {
                    markers.add(marker(cell.first));
                } else {
                    clusters.add(cell.cluster);
                }
            }
        }
        return new Clusters(clusters, markers);
    }

    /** Points of the whole map by cell. */
    record Grid(List<Cell> cells) {}

    /** @param alone every point in a cell of its own */
    static Grid grid(List<IdeaIndex.Point> points, int zoom, boolean alone) {
        var cells = new LinkedHashMap<Long, Cell>();
        var scale = 256 * Math.pow(2, zoom) / CELL_PIXELS;
        for (var point : points) {
            var key = alone ? point.number() : cell(point, scale);
            cells.computeIfAbsent(key, absent -> new Cell(point)).add(point);
        }
        cells.values().forEach(Cell::close);
        return new Grid(List.copyOf(cells.values()));
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
        private @Nullable Cluster cluster;
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

        void close() {
            cluster = count == 1 ? null : circle();
        }

        private Cluster circle() {
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
