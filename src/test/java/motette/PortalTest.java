package motette;

import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.support.TestPropertyProvider;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.TestInstance;

/**
 * A running portal on a real PostgreSQL: each test class has a database of its own with the demo city in it, copied from
 * a template that is made once. Extend it and add {@code @MicronautTest(transactional = false)}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PortalTest implements TestPropertyProvider {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String SECRET = "a secret of the tests, 0123456789 abcdef";

    @Inject
    protected EmbeddedServer server;

    @Override
    public Map<String, String> getProperties() {
        return Map.of(
                "datasources.default.url", database(),
                "motette.assets.version", "test",
                "motette.secret", SECRET,
                "motette.demo", "true",
                "micronaut.server.port", "-1",
                "datasources.default.maximum-pool-size", "12");
    }

    /** A browser without a screen: keeps cookies, follows redirects only when told. */
    protected Browser browser() {
        return new Browser(server.getURI());
    }

    static synchronized String database() {
        var postgres = Postgres.ADDRESS;
        var name = "town_" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(postgres);
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + (Postgres.templateExists(statement) ? " template town" : ""));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres.replace("/postgres?", "/" + name + "?");
    }

    private static final class Postgres {

        static final String ADDRESS = EmbeddedDatabase.startForgetful(Path.of("target/test-database"));

        static {
            try (var connection = DriverManager.getConnection(ADDRESS);
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists town with (force)");
                for (int i = 1; i < 100; i++) {
                    statement.execute("drop database if exists town_" + i + " with (force)");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        static boolean templateExists(java.sql.Statement statement) throws SQLException {
            try (var rows = statement.executeQuery("select from pg_database where datname = 'town'")) {
                return rows.next();
            }
        }
    }
}
