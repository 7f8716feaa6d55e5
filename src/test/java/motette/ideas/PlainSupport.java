package motette.ideas;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The statement of a support, the very same as {@link Supports} sends, sent by threads of their own without any application around them. */
final class PlainSupport {

    private static final int PEOPLE = 60;

    /** As in service, but counted over a millisecond only, as the loaded application is told to. */
    private static final String GIVE = Supports.giving(240, true);

    private PlainSupport() {}

    /** @param args address of the database, connections, seconds, first idea, last idea, first person, share: from and below, of 100 */
    public static void main(String[] args) throws Exception {
        int connections = Integer.parseInt(args[1]);
        var seconds = Long.parseLong(args[2]);
        long firstIdea = Long.parseLong(args[3]);
        long ideas = Long.parseLong(args[4]) - firstIdea + 1;
        long firstPerson = Long.parseLong(args[5]);
        var pair = new AtomicLong(ideas * PEOPLE * Long.parseLong(args[6]) / 100);
        long end = ideas * PEOPLE * Long.parseLong(args[7]) / 100;
        long start = System.nanoTime();
        long until = start + seconds * 1_000_000_000L;
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var work = new ArrayList<Callable<Long>>();
            for (int i = 0; i < connections; i++) {
                work.add(() -> {
                    try (var connection = DriverManager.getConnection(args[0])) {
                        long given = 0;
                        for (long next = pair.getAndIncrement();
                                next < end && System.nanoTime() < until;
                                next = pair.getAndIncrement()) {
                            given += give(connection, firstIdea + next / PEOPLE, firstPerson + next % PEOPLE);
                        }
                        return given;
                    }
                });
            }
            long given = 0;
            for (var result : threads.invokeAll(work)) {
                given += result.get();
            }
            var taken = (System.nanoTime() - start) / 1e9;
            System.out.printf("requests=%d seconds=%.3f%n", given, taken);
        }
    }

    private static int give(Connection connection, long idea, long person) throws SQLException {
        try (var statement = connection.prepareStatement(GIVE)) {
            statement.setLong(1, person);
            var now = Instant.now();
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setLong(3, idea);
            statement.setLong(4, person);
            statement.setTimestamp(5, Timestamp.from(now.minusMillis(1)));
            statement.setTimestamp(6, Timestamp.from(now));
            statement.setTimestamp(7, Timestamp.from(now));
            return statement.executeUpdate();
        }
    }
}
