package motette;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL that comes with the application, for the demo city and for tests; its data stays in a folder between runs. */
final class EmbeddedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

    /** Tenths of a second that the processes of a killed database get. */
    private static final int PATIENCE = 150;

    private EmbeddedDatabase() {}

    /** Starts the database of the folder, or joins the one that already runs there, and answers its JDBC address. */
    static String start(Path home) {
        return running(home.resolve("data")).orElseGet(() -> startAnew(home, "on"));
    }

    /** The same for tests, who do not mind when a power cut takes their data: nothing waits for the disk. */
    static String startForgetful(Path home) {
        return running(home.resolve("data")).orElseGet(() -> startAnew(home, "off"));
    }

    private static String startAnew(Path home, String durable) {
        try {
            Files.createDirectories(home);
            letTheDeadLeave(home.resolve("data"));
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(home.resolve("data"))
                    .setOverrideWorkingDirectory(home.resolve("postgres").toFile())
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofSeconds(40))
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C")
                    .setServerConfig("shared_buffers", "64MB")
                    .setServerConfig("max_connections", "60")
                    .setServerConfig("jit", "off")
                    .setServerConfig("fsync", durable)
                    .setServerConfig("synchronous_commit", durable)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            LOG.info("database started folder={} port={}", home, postgres.getPort());
            return address(postgres.getPort());
        } catch (IOException | RuntimeException e) {
            throw new StartupFailure("The embedded database cannot start in '"
                    + home.toAbsolutePath().normalize()
                    + "' (" + firstSentence(e) + "); check that the folder is yours to write and has 200 MB free, "
                    + "or set DATASOURCES_DEFAULT_URL to a PostgreSQL of your own.");
        }
    }

    /** A database left running by a start that was killed, or in use by another copy, is joined instead of fought over. */
    private static Optional<String> running(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            var address = address(Integer.parseInt(lines.get(3).strip()));
            try (var connection = DriverManager.getConnection(address);
                    var answer = connection.createStatement().executeQuery("show data_directory")) {
                return answer.next() && Path.of(answer.getString(1)).equals(data.toRealPath())
                        ? Optional.of(address)
                        : Optional.empty();
            }
        } catch (IOException | SQLException | RuntimeException absent) {
            return Optional.empty();
        }
    }

    /**
     * After a kill the processes of the old database need a moment to notice, and as long as one of them holds its memory no new
     * one can start. Linux tells who holds it; elsewhere the start goes on at once.
     */
    private static void letTheDeadLeave(Path data) {
        for (int i = 0; i < PATIENCE && isHeld(data); i++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /** The seventh line of the file names the shared memory by key and number (PostgreSQL, miscadmin.h). */
    private static boolean isHeld(Path data) {
        try {
            var memory = Files.readAllLines(data.resolve("postmaster.pid"))
                    .get(6)
                    .strip()
                    .split("\\s+")[1];
            return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .anyMatch(row -> row[1].equals(memory) && !row[6].equals("0"));
        } catch (IOException | IndexOutOfBoundsException untold) {
            return false;
        }
    }

    private static String address(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    private static String firstSentence(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
