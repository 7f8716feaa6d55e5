package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import motette.Browser;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A portal that knows its own address, as passkeys need it, and people who come by mail, so that no factor is shown. */
abstract class FactorTest extends PortalTest {

    private final int port = freePort();

    @Inject
    Waiting waiting;

    @Inject
    TestClock clock;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("micronaut.server.port", String.valueOf(port));
        properties.put("motette.base-url", home());
        properties.put("motette.limits.sign-in-link-all.capacity", "1000");
        return properties;
    }

    String home() {
        return "http://localhost:" + port;
    }

    @Override
    protected Browser browser() {
        return new Browser(URI.create(home()));
    }

    /** A browser of somebody of the town who came by a link in a mail. */
    Browser byMail(String person) {
        var browser = browser();
        assertThat(arrive(browser, person, "/").statusCode()).isEqualTo(303);
        return browser;
    }

    HttpResponse<String> arrive(Browser browser, String person, String next) {
        var address = person.contains("@") ? person : person + "@motette.example";
        assertThat(browser.post("/sign-in/link", Map.of("email", address, "next", next))
                        .statusCode())
                .isEqualTo(303);
        var body = waiting.ask("select body from mails where recipient = '" + address
                + "' and body like '%/sign-in/link/%' order by id desc limit 1");
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+").matcher(body);
        assertThat(link.find()).isTrue();
        return browser.post(link.group(), Map.of());
    }

    /** Sets an authenticator app up. @return its secret */
    byte[] setUpApp(Browser browser) {
        var begun = Jsoup.parse(browser.submit(browser.page("/me/authenticator"), "/me/authenticator", Map.of())
                .body());
        var secret = secret(begun);
        var finished = browser.submit(begun, "/me/authenticator/confirmation", Map.of("code", code(secret)));
        assertThat(finished.statusCode()).as(finished.body()).isEqualTo(303);
        assertThat(Browser.location(finished)).isEqualTo("/me/recovery-codes?after=app");
        return secret;
    }

    String code(byte[] secret) {
        return Totp.code(secret, Totp.step(clock.instant()));
    }

    static byte[] secret(Document page) {
        var digits = new StringBuilder();
        for (char letter :
                page.select(".numbered .code").text().replace(" ", "").toCharArray()) {
            digits.append(Character.forDigit("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter), 32));
        }
        var bytes = new BigInteger(digits.toString(), 32).toByteArray();
        var secret = new byte[Totp.SECRET_BYTES];
        int length = Math.min(bytes.length, secret.length);
        System.arraycopy(bytes, bytes.length - length, secret, secret.length - length, length);
        return secret;
    }

    /** Answers the page that asks for a second factor, with everything it carries. */
    HttpResponse<String> confirm(Browser browser, Document page, String way, String field, String typed) {
        var fields = fields(page, "/sign-in/confirm/" + way);
        fields.put(field, typed);
        return browser.post("/sign-in/confirm/" + way, fields);
    }

    /** Hidden fields of the form with this action. */
    static Map<String, Object> fields(Document page, String action) {
        var form = page.select("form[action=" + action + "]");
        assertThat(form).as("form to %s on\n%s", action, page.body().text()).isNotEmpty();
        var fields = new LinkedHashMap<String, Object>();
        form.select("input[type=hidden]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        return fields;
    }

    String token(Browser browser) {
        return browser.page("/ideas/new/groups").select("form [name=csrf]").attr("value");
    }

    long person(String key) {
        return Long.parseLong(waiting.ask("select id from persons where demo_key = '" + key + "'"));
    }

    long mails(String person, String topic) {
        return Long.parseLong(waiting.ask("select count(*) from mails where recipient = '" + person
                + "@motette.example' and topic like 'second-factor-" + topic + "-%'"));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
