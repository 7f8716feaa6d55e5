package motette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import motette.audit.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot go on says why in one sentence, names the thing and the value, and ends with 1. */
class StartTest {

    /** What the process printed on standard error, and how it ended. */
    record Ended(int code, String said) {}

    @Test
    void a_taken_port_is_named(@TempDir Path home) throws Exception {
        try (var taken = new ServerSocket(0)) {
            var port = String.valueOf(taken.getLocalPort());
            var ended = start(Map.of("MICRONAUT_SERVER_PORT", port, "MOTETTE_HOME", home.toString()));
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.said())
                    .contains("Port " + port + " cannot be used", "MICRONAUT_SERVER_PORT")
                    .hasLineCount(1);
        }
    }

    @Test
    void a_port_that_is_none_is_named(@TempDir Path home) throws Exception {
        var ended = start(Map.of("MICRONAUT_SERVER_PORT", "eighty", "MOTETTE_HOME", home.toString()));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("MICRONAUT_SERVER_PORT is 'eighty'").hasLineCount(1);
    }

    @Test
    void a_database_that_does_not_answer_is_named_without_its_password() throws Exception {
        var ended = start(Map.of(
                "MICRONAUT_SERVER_PORT", "0",
                "DATASOURCES_DEFAULT_URL", "jdbc:postgresql://127.0.0.1:1/motette?user=motette&password=hidden"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .contains("127.0.0.1:1/motette", "does not answer")
                .doesNotContain("hidden")
                .hasLineCount(1);
    }

    @Test
    void a_home_that_cannot_be_written_is_named(@TempDir Path folder) throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var ended = start(Map.of(
                "MICRONAUT_SERVER_PORT",
                "0",
                "MOTETTE_HOME",
                file.resolve("home").toString()));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .contains("The embedded database cannot start in", file.toString())
                .hasLineCount(1);
    }

    @Test
    void production_does_not_start_on_the_embedded_database_or_without_a_good_secret() throws Exception {
        var without = start(Map.of("MICRONAUT_SERVER_PORT", "0", "MICRONAUT_ENVIRONMENTS", "production"));
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.said())
                .contains("DATASOURCES_DEFAULT_URL is not set")
                .hasLineCount(1);
        var database = PortalTest.database();
        var silent = start(Map.of(
                "MICRONAUT_SERVER_PORT",
                "0",
                "MICRONAUT_ENVIRONMENTS",
                "production",
                "DATASOURCES_DEFAULT_URL",
                database));
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.said()).contains("MOTETTE_SECRET is not set").hasLineCount(1);
        var weak = start(Map.of(
                "MICRONAUT_SERVER_PORT",
                "0",
                "MICRONAUT_ENVIRONMENTS",
                "production",
                "DATASOURCES_DEFAULT_URL",
                database,
                "MOTETTE_SECRET",
                "changeme"));
        assertThat(weak.code()).isEqualTo(1);
        assertThat(weak.said()).contains("MOTETTE_SECRET has 8 bytes").hasLineCount(1);
    }

    @Test
    void the_demo_and_a_database_of_ones_own_exclude_each_other() throws Exception {
        var ended = start(Map.of(
                "MICRONAUT_SERVER_PORT",
                "0",
                "MOTETTE_DEMO",
                "true",
                "DATASOURCES_DEFAULT_URL",
                "jdbc:postgresql://127.0.0.1:1/x"));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said())
                .contains("MOTETTE_DEMO is 'true'", "DATASOURCES_DEFAULT_URL")
                .hasLineCount(1);
        assertThat(Application.prepare(settings(Map.of("DATASOURCES_DEFAULT_URL", PortalTest.database()))))
                .containsEntry("motette.demo", false);
    }

    @Test
    void production_needs_the_address_of_the_site_with_https() {
        var given = Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "cloud, production",
                "DATASOURCES_DEFAULT_URL",
                PortalTest.database(),
                "MOTETTE_SECRET",
                "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f",
                "MOTETTE_BALLOT_SECRET",
                "w4Zt-8mKq92HvX1cRy6GuD3nJs5PbF7e",
                "MOTETTE_RESIDENCE_SECRET",
                "wF8sD2kN5vB9xC3zL7qP1yT4rE6uH0jM");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .hasMessageContaining("MOTETTE_BASE_URL is not set");
        for (var wrong : List.of("http://motette.example", "motette.example", "https://", "https:// x")) {
            assertThatThrownBy(() -> Application.prepare(settings(with(given, wrong))))
                    .hasMessageContaining("MOTETTE_BASE_URL is '" + wrong + "'");
        }
        var good = with(given, "https://motette.example");
        good.put("MOTETTE_AUDIT_KEY", SigningKey.fresh());
        assertThat(Application.prepare(settings(good))).containsEntry("motette.demo", false);
    }

    @Test
    void production_needs_a_secret_of_its_own_for_the_electoral_roll() {
        var given = new HashMap<>(Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "production",
                "DATASOURCES_DEFAULT_URL",
                PortalTest.database(),
                "MOTETTE_SECRET",
                "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f"));
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("MOTETTE_RESIDENCE_SECRET is not set");
        given.put("MOTETTE_RESIDENCE_SECRET", "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .hasMessageContaining("MOTETTE_RESIDENCE_SECRET is the same as MOTETTE_SECRET");
        for (var variable : List.of("MOTETTE_RESIDENCE_SECRET", "MOTETTE_SECOND_RESIDENCE_SECRET")) {
            given.put(variable, "changeme");
            assertThatThrownBy(() -> Application.prepare(settings(given)))
                    .hasMessageContaining(variable + " has 8 bytes");
            given.put(variable, "wF8sD2kN5vB9xC3zL7qP1yT4rE6uH0jM");
        }
    }

    @Test
    void production_needs_the_key_that_signs_the_audit_log() {
        var given = new HashMap<>(Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "production",
                "DATASOURCES_DEFAULT_URL",
                PortalTest.database(),
                "MOTETTE_SECRET",
                "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f",
                "MOTETTE_BALLOT_SECRET",
                "w4Zt-8mKq92HvX1cRy6GuD3nJs5PbF7e",
                "MOTETTE_RESIDENCE_SECRET",
                "wF8sD2kN5vB9xC3zL7qP1yT4rE6uH0jM",
                "MOTETTE_BASE_URL",
                "https://motette.example"));
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("MOTETTE_AUDIT_KEY is not set");
        given.put("MOTETTE_AUDIT_KEY", "changeme");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("MOTETTE_AUDIT_KEY is no Ed25519 key")
                .hasMessageNotContaining("changeme");
        given.put("MOTETTE_AUDIT_KEY", "00".repeat(32));
        assertThatThrownBy(() -> Application.prepare(settings(given))).hasMessageContaining("is no random key");
        given.put("MOTETTE_AUDIT_KEY", SigningKey.fresh());
        assertThat(Application.prepare(settings(given))).doesNotContainKey("motette.audit.key");
    }

    @Test
    void production_needs_a_secret_for_the_keys_of_voting_rounds_alone() {
        var given = new HashMap<>(Map.of(
                "MICRONAUT_ENVIRONMENTS",
                "production",
                "DATASOURCES_DEFAULT_URL",
                PortalTest.database(),
                "MOTETTE_SECRET",
                "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f",
                "MOTETTE_RESIDENCE_SECRET",
                "wF8sD2kN5vB9xC3zL7qP1yT4rE6uH0jM",
                "MOTETTE_AUDIT_KEY",
                SigningKey.fresh(),
                "MOTETTE_BASE_URL",
                "https://motette.example"));
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("MOTETTE_BALLOT_SECRET is not set");
        given.put("MOTETTE_BALLOT_SECRET", "changeme");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .hasMessageContaining("MOTETTE_BALLOT_SECRET has 8 bytes")
                .hasMessageNotContaining("changeme");
        given.put("MOTETTE_BALLOT_SECRET", "hJ7w-0qPz41LmX9dTe5VuB2kNs8RyC6f");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .hasMessageContaining("the same as MOTETTE_SECRET");
        given.put("MOTETTE_BALLOT_SECRET", "w4Zt-8mKq92HvX1cRy6GuD3nJs5PbF7e");
        assertThat(Application.prepare(settings(given))).containsEntry("motette.demo", false);
        given.put("MOTETTE_SECOND_BALLOT_SECRET", "abcdefghijklmnopqrstuvwxyz0123456789");
        assertThatThrownBy(() -> Application.prepare(settings(given)))
                .hasMessageContaining("MOTETTE_SECOND_BALLOT_SECRET");
        given.remove("MOTETTE_SECOND_BALLOT_SECRET");
        given.remove("MOTETTE_BALLOT_SECRET");
        given.remove("MICRONAUT_ENVIRONMENTS");
        assertThat(Application.prepare(settings(given)))
                .as("outside of production the secret of the sign-ins stands in")
                .containsEntry("motette.demo", false);
    }

    @Test
    void only_the_whole_word_is_production() {
        assertThat(settings(Map.of("MICRONAUT_ENVIRONMENTS", "preproduction,production-test"))
                        .isProduction())
                .isFalse();
        assertThat(settings(Map.of("MICRONAUT_ENVIRONMENTS", "k8s, production")).isProduction())
                .isTrue();
    }

    @Test
    void the_kept_secret_stays_and_an_empty_one_is_made_again(@TempDir Path home) throws Exception {
        Files.createFile(home.resolve("secret"));
        var secret = Application.keptSecret(home);
        assertThat(secret).hasSize(64).isEqualTo(Application.keptSecret(home));
        assertThat(home.resolve("secret")).hasContent(secret);
        try (var files = Files.list(home)) {
            assertThat(files).hasSize(1);
        }
        if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret"))))
                    .isEqualTo("rw-------");
        }
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(environment, Map.of());
    }

    private static HashMap<String, String> with(Map<String, String> given, String address) {
        var settings = new HashMap<>(given);
        settings.put("MOTETTE_BASE_URL", address);
        return settings;
    }

    private static Ended start(Map<String, String> settings) throws IOException, InterruptedException {
        var said = Files.createTempFile("said", ".txt");
        try {
            var builder = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                            "motette.Application"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(said.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("MICRONAUT")
                            || name.startsWith("MOTETTE")
                            || name.startsWith("DATASOURCES")
                            || name.startsWith("JAVA_TOOL"));
            builder.environment().putAll(settings);
            var process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("It started, although " + settings);
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(said, StandardCharsets.UTF_8).strip());
        } finally {
            Files.delete(said);
        }
    }
}
