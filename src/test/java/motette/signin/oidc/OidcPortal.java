package motette.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** A portal with providers: rathaus for staff, land for residents, streng that asks for a level, and weg that nobody answers. */
abstract class OidcPortal extends PortalTest {

    final int port = OpenIdServer.freePort();
    final OpenIdServer provider = new OpenIdServer(URI.create("http://localhost:" + port));

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("micronaut.server.port", String.valueOf(port));
        properties.put("motette.base-url", "http://localhost:" + port);
        common(properties, "rathaus", provider.issuer());
        properties.put("motette.oidc.rathaus.client-secret", OpenIdServer.SECRET);
        properties.put("motette.oidc.rathaus.people", "staff");
        properties.put("motette.oidc.rathaus.label.de", "Dienstkonto");
        properties.put("motette.oidc.rathaus.label.en", "Staff account");
        properties.put("motette.oidc.rathaus.strong-amr", "mfa");
        properties.put("motette.oidc.rathaus.email-trusted", "true");
        common(properties, "land", provider.issuer());
        properties.put("motette.oidc.land.client-key", provider.clientKey());
        properties.put("motette.oidc.land.label.de", "BundID");
        properties.put("motette.oidc.land.order", "-1");
        properties.put("motette.oidc.land.claims.postal-code", "address.postal_code");
        properties.put("motette.oidc.land.claims.birth-date", "birthdate");
        common(properties, "streng", provider.issuer());
        properties.put("motette.oidc.streng.client-secret", OpenIdServer.SECRET + " streng");
        properties.put("motette.oidc.streng.client-authentication", "client_secret_post");
        properties.put("motette.oidc.streng.label.de", "Nur mit Niveau");
        properties.put("motette.oidc.streng.least-level", "substantial");
        properties.put("motette.oidc.streng.strong-level", "high");
        common(properties, "weg", "http://127.0.0.1:" + OpenIdServer.freePort());
        properties.put("motette.oidc.weg.client-secret", OpenIdServer.SECRET);
        properties.put("motette.oidc.weg.label.de", "Gerade nicht da");
        return properties;
    }

    private static void common(Map<String, String> properties, String key, String issuer) {
        properties.put("motette.oidc." + key + ".issuer", issuer);
        properties.put("motette.oidc." + key + ".client-id", "motette-" + key);
    }

    @AfterEach
    void truth() {
        provider.tellTheTruth();
        clock.reset();
    }

    @AfterAll
    void stop() {
        provider.close();
    }

    /** Begins here, signs in there, and comes back with the address of the callback, which is not called yet. */
    String travel(Browser browser, String key, String name, String next) {
        var begun = browser.get("/sign-in/oidc/" + key + "?next=" + next);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        return there(browser, Browser.location(begun), name);
    }

    /** From the provider's first page to the way back. */
    String there(Browser browser, String address, String name) {
        var answer = browser.get(address);
        for (int step = 0; step < 8; step++) {
            if (answer.statusCode() == 200) {
                answer = fill(browser, answer, name);
            } else {
                var location = answer.uri().resolve(Browser.location(answer)).toString();
                if (location.startsWith("http://localhost:" + port)) {
                    return location;
                }
                answer = browser.get(location);
            }
        }
        throw new AssertionError("No way back from " + address);
    }

    /** Types the name and the password, and agrees to what the client wants to know. */
    private HttpResponse<String> fill(Browser browser, HttpResponse<String> page, String name) {
        var document = Jsoup.parse(page.body(), page.uri().toString());
        var form = document.selectFirst("form");
        if (form == null) {
            throw new AssertionError("No form at " + page.uri() + "\n" + page.body());
        }
        var fields = new LinkedHashMap<String, Object>();
        form.select("input[type=hidden]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        form.select("input[type=checkbox]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        if (form.selectFirst("input[name=username]") != null) {
            fields.put("username", name);
            fields.put("password", OpenIdServer.PASSWORD);
        }
        return browser.post(
                form.hasAttr("action") ? form.absUrl("action") : page.uri().toString(), fields);
    }

    /** The whole way. @return the answer of the callback */
    HttpResponse<String> signIn(Browser browser, String key, String name, String next) {
        return come(browser, travel(browser, key, name, next));
    }

    /** Calls an address, and reads the page of a failure where it leads to one. */
    HttpResponse<String> come(Browser browser, String address) {
        var answer = browser.get(address);
        var failed = answer.headers().firstValue("Location").filter(to -> to.contains("/failed?"));
        return failed.isPresent() ? browser.get(failed.get()) : answer;
    }

    String personOf(String key, String name) {
        return waiting.ask("select coalesce((select person_id::text from identities where provider = '" + key
                + "' and subject = '" + name + "'), '')");
    }

    static boolean isSignedIn(Browser browser) {
        return !browser.page("/about").select(".nav a[href=/me]").isEmpty();
    }
}
