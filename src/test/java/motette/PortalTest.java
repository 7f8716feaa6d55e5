package motette;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.TestInstance;

/**
 * A running portal on a real PostgreSQL: each test class has a database of its own, copied from one that was filled with the demo
 * city once. Extend it and add {@code @MicronautTest(transactional = false)}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PortalTest implements TestPropertyProvider {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String SECRET = "a secret of the tests, 0123456789 abcdef";

    @Inject
    protected EmbeddedServer server;

    @Override
    public Map<String, String> getProperties() {
        return properties(copy("demo_town"));
    }

    private static Map<String, String> properties(String database) {
        return Map.of(
                "datasources.default.url", database,
                "motette.assets.version", "test",
                "motette.secret", SECRET,
                "motette.demo", "true",
                "motette.demo-waiting", "false",
                // Two processes that test share the machine with their browsers; what is slow there is not down.
                "motette.longest-wait-for-limits", "30s",
                "micronaut.server.port", "-1",
                "datasources.default.maximum-pool-size", "12");
    }

    /** A browser without a screen: keeps cookies, follows redirects only when told. */
    protected Browser browser() {
        return new Browser(server.getURI());
    }

    /** A database of one's own, migrated and otherwise empty. */
    protected static String database() {
        return copy("migrated");
    }

    private static String copy(String template) {
        var name = "town_" + DATABASES.incrementAndGet();
        Postgres.execute("create database " + name + " template " + template);
        return Postgres.address(name);
    }

    private static final class Postgres {

        /** One for each of the Java processes that test at the same time. */
        static final String ADDRESS = EmbeddedDatabase.startForgetful(
                Path.of(System.getProperty("motette.test-database", "target/test-database")));

        static {
            leftBehind().forEach(name -> execute("drop database " + name + " with (force)"));
            execute("create database migrated");
            Flyway.configure()
                    .dataSource(address("migrated"), null, null)
                    .load()
                    .migrate();
            execute("create database demo_town template migrated");
            ApplicationContext.run(Map.<String, Object>copyOf(properties(address("demo_town"))))
                    .close();
            // Each class makes its own, at the time of its own clock.
            execute(address("demo_town"), "delete from signing_keys");
        }

        static String address(String database) {
            return ADDRESS.replace("/postgres?", "/" + database + "?");
        }

        static void execute(String statement) {
            execute(ADDRESS, statement);
        }

        private static void execute(String address, String sql) {
            try (var connection = DriverManager.getConnection(address);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<String> leftBehind() {
            var names = new ArrayList<String>();
            try (var connection = DriverManager.getConnection(ADDRESS);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("select datname from pg_database where datname ~ '^town_[0-9]+$'"
                            + " or datname in ('migrated', 'demo_town')")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return names;
        }
    }
}
