package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookies behind https, what another plants in a browser, and where a sign-in leads. */
@MicronautTest(transactional = false)
class SignInCookiesTest extends PortalTest {

    private static final String ACCESS = "__Host-motette";
    private static final String REFRESH = "__Host-motette-refresh";

    @Inject
    Waiting waiting;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("motette.secure-cookies", "true");
        return properties;
    }

    @Test
    void every_cookie_of_a_sign_in_is_of_this_host_only_and_unseen_by_scripts() {
        var jar = new CookieJar(server.getURI());
        var asked = jar.post("/sign-in/link", Map.of("email", "keks@stadt.example"));
        var signedIn = jar.post("/sign-in/demo", Map.of("person", Town.resident()));
        var signedOut = jar.post("/sign-out", Map.of("csrf", jar.token()));
        assertThat(signedOut.statusCode()).isEqualTo(303);
        assertThat(cookies(asked)).hasSize(1).allMatch(line -> line.startsWith("__Host-motette-asked="));
        assertThat(cookies(signedIn))
                .hasSize(2)
                .anyMatch(line -> line.startsWith(ACCESS + "=ey"))
                .anyMatch(line -> line.startsWith(REFRESH + "="));
        assertThat(cookies(signedOut)).hasSize(2).allMatch(line -> line.contains("Max-Age=0"));
        for (var answer : List.of(asked, signedIn, signedOut)) {
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(cookies(answer))
                    .allSatisfy(line -> assertThat(line)
                            .contains("; Secure", "; HTTPOnly", "; SameSite=Lax", "; Path=/")
                            .doesNotContain("Domain"));
        }
    }

    @Test
    void a_cookie_that_another_host_of_the_domain_could_set_is_not_read() {
        var jar = new CookieJar(server.getURI()).signIn(Town.resident());
        var planted = new CookieJar(server.getURI())
                .put("motette", jar.take(ACCESS))
                .put("motette-refresh", jar.take(REFRESH));
        assertThat(planted.isSignedIn()).isFalse();
        assertThat(jar.isSignedIn()).isTrue();
    }

    @Test
    void signing_in_takes_nothing_over_from_what_the_browser_held() {
        var attacker = new CookieJar(server.getURI()).signIn(Town.resident(2));
        var victim = attacker.copy(server.getURI()).signIn(Town.resident());
        assertThat(victim.take(ACCESS)).isNotEqualTo(attacker.take(ACCESS));
        assertThat(victim.take(REFRESH)).isNotEqualTo(attacker.take(REFRESH));
        assertThat(attacker.drop(ACCESS).isSignedIn())
                .as("the planted sign-in has ended")
                .isFalse();
        assertThat(victim.isSignedIn()).isTrue();
        assertThat(waiting.ask("select count(*) from sign_ins where end_reason = 'replaced'"))
                .isEqualTo("1");
    }

    @Test
    void a_planted_secret_does_not_make_a_code_readable_elsewhere() {
        var planted = "P".repeat(43);
        var victim = new CookieJar(server.getURI()).put("__Host-motette-asked", planted);
        victim.post("/sign-in/link", Map.of("email", "gepflanzt@stadt.example"));
        assertThat(victim.take("__Host-motette-asked")).isNotEqualTo(planted);
        assertThat(waiting.ask("select browser_hash = sha256('" + planted
                        + "') from sign_in_links where email = 'gepflanzt@stadt.example'"))
                .isEqualTo("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//elsewhere.example",
                "/\\elsewhere.example",
                "https://elsewhere.example",
                "javascript:alert(1)",
                "\\\\elsewhere",
                "/%0d%0aSet-Cookie:x=y\r\nX: y",
                "@elsewhere.example",
                "/a:b@elsewhere.example",
                "elsewhere",
                " /ideas",
                "/ideas#\"><script>"
            })
    void a_sign_in_leads_to_paths_of_this_site_only(String next) {
        var answer =
                new CookieJar(server.getURI()).post("/sign-in/demo", Map.of("person", Town.resident(), "next", next));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        assertThat(answer.headers().firstValue("X")).isEmpty();
    }

    private static List<String> cookies(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie");
    }
}
