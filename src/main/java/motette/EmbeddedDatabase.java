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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The PostgreSQL that comes with the application, for the demo city and for tests; its data stays in a folder between runs. */
final class EmbeddedDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);

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

    private static String address(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    private static String firstSentence(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }
}
