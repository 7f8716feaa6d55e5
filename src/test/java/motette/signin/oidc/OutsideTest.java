package motette.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a provider cannot make us ask, and which settings stop the start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutsideTest {

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private String home;

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        home = "http://127.0.0.1:" + server.getAddress().getPort();
        answer("/away/.well-known/openid-configuration", 302, "");
        answer(
                "/large/.well-known/openid-configuration",
                200,
                "{\"issuer\":\"" + "x".repeat(Outside.MOST_BYTES) + "\"}");
        answer("/elsewhere/.well-known/openid-configuration", 200, discovery("/elsewhere", "http://localhost:1"));
        answer("/other/.well-known/openid-configuration", 200, discovery("/somebody-else", home));
        answer(
                "/plain/.well-known/openid-configuration",
                200,
                discovery("/plain", home).replace("S256", "plain"));
        answer("/good/.well-known/openid-configuration", 200, discovery("/good", home));
        server.createContext("/inside", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"/away", "/large", "/elsewhere", "/other", "/plain", "/missing"})
    void discovery_that_leads_elsewhere_or_is_none_is_not_believed(String path) {
        assertThatThrownBy(() -> discovery(path).known()).isInstanceOf(SignInFault.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void honest_discovery_is_believed() throws SignInFault {
        assertThat(discovery("/good").known().metadata().getTokenEndpointURI()).isEqualTo(URI.create(home + "/token"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.org/a, true",
        "https://login.example.org:8443/a, true",
        "http://login.example.org/a, false",
        "https://example.org/a, false",
        "https://login.example.org.evil.example/a, false",
        "https://user@login.example.org/a, false",
        "file:///etc/passwd, false",
        "https://169.254.169.254/latest, false",
    })
    void only_named_hosts_are_asked_and_over_https(String address, boolean allowed) {
        assertThat(new Outside(Set.of("login.example.org"), true).isAllowed(URI.create(address)))
                .isEqualTo(allowed);
    }

    @Test
    void a_provider_of_this_machine_is_asked_without_tls_in_the_demo_only() {
        var loopback = URI.create("http://127.0.0.1:9000/");
        assertThat(new Outside(Set.of("127.0.0.1"), true).isAllowed(loopback)).isTrue();
        assertThat(new Outside(Set.of("127.0.0.1"), false).isAllowed(loopback)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://login.example.org, secret, residents, none, a provider is asked over https only",
        "https://login.example.org, '', residents, none, needs a client-secret",
        "https://login.example.org, secret, everybody, none, staff or residents",
        "https://login.example.org, secret, staff, great, 'none, low, substantial, high'",
    })
    void a_setting_that_cannot_be_is_named(String issuer, String secret, String people, String least, String said) {
        assertThatThrownBy(() -> new Provider(
                        settings(issuer, secret, people, least), "https://x.example", false, Clock.systemUTC()))
                .hasMessageContaining("motette.oidc.test")
                .hasMessageContaining(said);
    }

    private static ProviderSettings settings(String issuer, String secret, String people, String least) {
        return new ProviderSettings(
                "test",
                URI.create(issuer),
                "motette",
                secret,
                null,
                "client_secret_basic",
                people,
                Map.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                least,
                "",
                List.of(),
                false,
                false,
                Map.of());
    }

    private Discovery discovery(String path) {
        return new Discovery(
                "test", URI.create(home + path), new Outside(Set.of("127.0.0.1"), true), Clock.systemUTC());
    }

    private String discovery(String path, String token) {
        return """
            {"issuer":"%s","authorization_endpoint":"%s/authorize","token_endpoint":"%s/token","jwks_uri":"%s/keys",\
            "subject_types_supported":["public"],"response_types_supported":["code"],\
            "id_token_signing_alg_values_supported":["RS256"],"code_challenge_methods_supported":["S256"]}\
            """.formatted(home + path, home, token, home);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", home + "/inside");
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
