package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * All public ideas as points, for the map's clusters and for counting a list without text search. A snapshot is used only as
 * long as {@code map_version} in the database is the same as when it was read, so every copy of the application shows what was
 * committed last.
 */
@Singleton
class IdeaIndex {

    private final JdbcOperations jdbc;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Snapshot snapshot = new Snapshot(-1, List.of());

    IdeaIndex(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One public idea on the map.
     *
     * @param x east on the Web Mercator map of the whole world, 0 to 1
     * @param y south on the same map, 0 to 1
     */
    record Point(
            long number,
            String title,
            double lon,
            double lat,
            double x,
            double y,
            String category,
            String icon,
            String tone,
            String state,
            String quarter,
            String district) {

        static Point of(
                long number,
                String title,
                double lon,
                double lat,
                String category,
                String icon,
                String tone,
                String state,
                String quarter,
                String district) {
            var sine = Math.sin(Math.toRadians(lat));
            return new Point(
                    number,
                    title,
                    lon,
                    lat,
                    (lon + 180) / 360,
                    0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI),
                    category,
                    icon,
                    tone,
                    state,
                    quarter,
                    district);
        }

        boolean fits(IdeaFilter filter) {
            return (filter.category().isEmpty() || filter.category().equals(category))
                    && (filter.quarter().isEmpty() || filter.quarter().equals(quarter))
                    && (filter.district().isEmpty() || filter.district().equals(district))
                    && fitsState(filter.state());
        }

        private boolean fitsState(String wanted) {
            return switch (wanted) {
                case "" -> true;
                case "decided" -> !state.equals("published") && !state.equals("postponed");
                case "granted" -> state.startsWith("granted");
                default -> wanted.equals(state);
            };
        }
    }

    /** @param grids of all points, by zoom, each made when it is first asked for */
    record Snapshot(long version, List<Point> points, Map<Integer, Clusters.Grid> grids) {

        Snapshot(long version, List<Point> points) {
            this(version, points, new ConcurrentHashMap<>());
        }

        Clusters.Grid grid(int zoom) {
            return grids.computeIfAbsent(zoom, level -> Clusters.grid(points, level, false));
        }

        long count(IdeaFilter filter) {
            return filter.isNarrow()
                    ? points.stream().filter(point -> point.fits(filter)).count()
                    : points.size();
        }

        List<Point> matching(Predicate<Point> wanted) {
            var found = new ArrayList<Point>();
            for (var point : points) {
                if (wanted.test(point)) {
                    found.add(point);
                }
            }
            return found;
        }
    }

    /** The points as of at least this version of the map, which the caller has just read. */
    @Connectable
    Snapshot at(long version) {
        if (snapshot.version() < version) {
            reading.lock();
            try {
                if (snapshot.version() < version) {
                    snapshot = read();
                }
            } finally {
                reading.unlock();
            }
        }
        return snapshot;
    }

    @Connectable
    Snapshot now() {
        return at(jdbc.prepareStatement("select version from map_version", statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }));
    }

    /** Numbers of public ideas whose text fits, in words (German stems) or nearly (typing errors). */
    @Connectable
    Set<Long> numbersOf(String text) {
        return jdbc.prepareStatement(
                "select i.number from ideas i where i.state in " + IdeaState.PUBLIC_SQL + " and " + IdeaSearch.FITS,
                statement -> {
                    statement.setString(1, text);
                    statement.setString(2, IdeaSearch.plain(text));
                    try (var rows = statement.executeQuery()) {
                        var numbers = new java.util.HashSet<Long>();
                        while (rows.next()) {
                            numbers.add(rows.getLong(1));
                        }
                        return numbers;
                    }
                });
    }

    /** Read in steps, which PostgreSQL grants within a transaction only. */
    @Transactional(readOnly = true)
    Snapshot read() {
        return jdbc.prepareStatement(
                "select v.version, i.number, i.title, i.lon, i.lat, i.category_key, c.icon, c.color, i.state,"
                        + " i.quarter_key, d.slug from map_version v left join (ideas i join categories c on c.key ="
                        + " i.category_key join quarters q on q.key = i.quarter_key join districts d on d.key ="
                        + " q.district_key) on i.state in " + IdeaState.PUBLIC_SQL,
                statement -> {
                    statement.setFetchSize(2000);
                    try (var rows = statement.executeQuery()) {
                        var points = new ArrayList<Point>();
                        long version = 0;
                        while (rows.next()) {
                            version = rows.getLong(1);
                            if (rows.getLong(2) != 0) {
                                points.add(Point.of(
                                        rows.getLong(2),
                                        rows.getString(3),
                                        rounded(rows.getDouble(4)),
                                        rounded(rows.getDouble(5)),
                                        rows.getString(6).intern(),
                                        rows.getString(7).intern(),
                                        rows.getString(8).intern(),
                                        rows.getString(9).intern(),
                                        rows.getString(10).intern(),
                                        rows.getString(11).intern()));
                            }
                        }
                        return new Snapshot(version, List.copyOf(points));
                    }
                });
    }

    /** To a tenth of a metre: more digits only make the answer longer. */
    private static double rounded(double degrees) {
        return Math.round(degrees * 1e6) / 1e6;
    }
}
