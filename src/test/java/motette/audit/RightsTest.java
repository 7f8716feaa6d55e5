package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import motette.Browser;
import motette.PortalTest;
import motette.town.Town;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The portal as infra/database/roles.sql sets it up: Flyway migrates as the owner of the tables, the portal runs as a role that cannot
 * change the audit.
 */
@MicronautTest(transactional = false)
class RightsTest extends PortalTest {

    private static final List<String> TABLES = List.of("audit_entries", "audit_keys", "audit_blocks", "audit_seals");

    private static final Map<String, String> CHANGES = Map.of(
            "audit_entries", "reason = 'other'",
            "audit_keys", "valid_from = now()",
            "audit_blocks", "entries = 1",
            "audit_seals", "block = 1");

    private static final String KEY = SigningKey.fresh();

    @Inject
    Sealing sealing;

    @Inject
    Export export;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        var superuser = Objects.requireNonNull(properties.get("datasources.default.url"));
        setUp(superuser);
        properties.put("datasources.default.url", as(superuser, "motette_application"));
        properties.put("datasources.default.username", "motette_application");
        properties.put("flyway.datasources.default.url", as(superuser, "motette_owner"));
        properties.put("flyway.datasources.default.user", "motette_owner");
        properties.put("motette.audit.key", KEY);
        properties.put("motette.audit.every", "1h");
        return properties;
    }

    private static void setUp(String superuser) {
        try (var connection = DriverManager.getConnection(superuser);
                var statement = connection.createStatement()) {
            for (var role : List.of("motette_owner", "motette_application")) {
                statement.execute("do $$ begin if not exists (select from pg_roles where rolname = '" + role
                        + "') then create role " + role + " login; end if; end $$");
            }
            statement.execute(Files.readString(Path.of("infra/database/rights.sql")));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void people_do_what_they_do_and_it_is_sealed() throws IOException {
        var resident = browser().signIn(Town.resident());
        assertThat(Browser.location(resident.post(
                        "/me/pseudonym", Map.of("csrf", resident.token(), "pseudonym", "Demo-Nachbarin"))))
                .startsWith("/me");
        assertThat(resident.post("/ideas/1/support", Map.of("csrf", resident.token()))
                        .statusCode())
                .isEqualTo(303);
        sealing.seal();
        assertThat(browser().page("/audit/blocks").select("h3").text()).contains("Block 1");
        try (var in = export.full().getInputStream()) {
            assertThat(Verification.of(in, Set.of()).intact()).isTrue();
        }
    }

    @Test
    void the_application_reads_and_adds_and_nothing_else() throws SQLException {
        try (var connection = DriverManager.getConnection(url());
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select current_user")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("motette_application");
            }
            statement.execute("insert into audit_entries (at, deed, subject) values (now(), 'test.rights', 'test:1')");
            for (var table : TABLES) {
                statement.execute("select count(*) from " + table);
                for (var sql : List.of(
                        "update " + table + " set " + CHANGES.get(table),
                        "delete from " + table,
                        "truncate " + table,
                        "alter table " + table + " disable trigger all",
                        "drop table " + table)) {
                    refused(() -> statement.execute(sql), sql);
                }
            }
            refused(() -> statement.execute("create table more (id int)"), "create table");
            refused(() -> statement.execute("delete from flyway_schema_history"), "flyway_schema_history");
            refused(() -> statement.execute("set session_replication_role = replica"), "session_replication_role");
            refused(
                    () -> statement.execute("select leave_only_adding_to_the_audit('motette_application')"),
                    "leave_only_adding_to_the_audit");
        }
    }

    @Test
    void the_owner_who_has_the_right_is_stopped_by_the_triggers() throws SQLException {
        try (var connection = DriverManager.getConnection(as(url(), "motette_owner"));
                var statement = connection.createStatement()) {
            for (var table : TABLES) {
                for (var sql : List.of(
                        "update " + table + " set " + CHANGES.get(table),
                        "delete from " + table,
                        "truncate " + table + " cascade")) {
                    assertThatThrownBy(() -> statement.execute(sql)).as(sql).hasMessageContaining("append-only");
                }
            }
        }
    }

    private static void refused(ThrowingCallable deed, String what) {
        assertThatThrownBy(deed)
                .as(what)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo("42501"));
    }

    private static String as(String url, String role) {
        return url.replaceAll("user=\\w+", "user=" + role);
    }

    private String url() {
        return server.getApplicationContext().getRequiredProperty("datasources.default.url", String.class);
    }
}
