package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deployment as a device sees it: one address, first an old version behind it, then a new one. */
@MicronautTest(transactional = false)
class TwoDeploymentsTest extends PortalTest {

    private static final Set<String> BETWEEN_TWO_ONLY =
            Set.of("connection", "content-length", "transfer-encoding", "date");

    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    /** Assets that a page asked for and did not get. */
    private final Queue<String> missed = new ConcurrentLinkedQueue<>();

    private Map<String, String> settings = Map.of();
    private ApplicationContext next;
    private HttpServer door;
    private volatile URI behind;
    private Chromium chromium;

    @Override
    public Map<String, String> getProperties() {
        settings = super.getProperties();
        return settings;
    }

    @BeforeAll
    void start() throws IOException {
        var changed = new HashMap<String, Object>(settings);
        changed.put("motette.assets.version", "next");
        next = ApplicationContext.run(EmbeddedServer.class, changed, "test").getApplicationContext();
        behind = server.getURI();
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        door.createContext("/", this::pass);
        door.start();
        chromium =
                new Chromium(URI.create("http://localhost:" + door.getAddress().getPort()));
    }

    @BeforeEach
    void old() {
        behind = server.getURI();
        missed.clear();
    }

    @AfterEach
    void nothing_was_missing() {
        assertThat(missed).isEmpty();
    }

    @AfterAll
    void end() {
        chromium.close();
        door.stop(0);
        next.close();
    }

    @Test
    void a_page_of_the_old_version_goes_on_working_and_the_next_visit_is_of_the_new_one() {
        var page = visitor();
        page.navigate("/districts/ost");
        until(page, "await caches.match(location.origin + '/districts/ost?lang=de')");
        var open = page.context().newPage();
        open.navigate("/ideas/1");
        deploy();

        assertThat(open.evaluate(
                        "import('/assets/test/components/dialog/dialog.js').then(module => typeof module.default)"))
                .isEqualTo("function");
        page.navigate("/");
        assertThat(page.locator("link[rel=stylesheet]").first())
                .hasAttribute("href", Pattern.compile("/assets/next/.*"));
        until(page, "(await caches.keys()).includes('motette-core-next')");
        until(page, "!(await caches.keys()).some(name => name.endsWith('-test'))");
        until(open, "(await navigator.serviceWorker.getRegistration()).active?.state === 'activated'");

        // The page of before is still open, now with the new worker before it.
        assertThat(open.evaluate(
                        "import('/assets/test/components/undo/undo.js').then(module => typeof module.default)"))
                .isEqualTo("function");
        open.locator(".language summary").click();
        assertThat(open.locator(".language a[lang=en]")).isVisible();
        open.locator(".masthead a").first().click();
        assertThat(open.locator("link[rel=stylesheet]").first())
                .hasAttribute("href", Pattern.compile("/assets/next/.*"));
        page.context().close();
    }

    @Test
    void without_net_right_after_the_change_there_is_a_page_of_the_new_version_and_the_old_one_finds_its_scripts() {
        var page = visitor();
        var open = page.context().newPage();
        open.navigate("/offline");
        deploy();
        page.navigate("/");
        until(page, "!(await caches.keys()).some(name => name.endsWith('-test'))");
        until(page, "await caches.match(location.origin + '/offline?lang=de')");
        page.context().setOffline(true);
        page.reload();
        assertThat(page.locator("[data-kept]")).isVisible();
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.masthead__inner')).display"))
                .isEqualTo("flex");
        assertThat(open.evaluate("fetch('/assets/test/main.js').then(answer => answer.status)"))
                .isEqualTo(200);
        page.context().setOffline(false);
        page.context().close();
    }

    /** Copies are exchanged one after the other: for a while the page of one meets the assets of another. */
    @Test
    void what_another_copy_answers_is_not_kept_under_the_address_of_this_version() {
        var page = visitor();
        assertThat(page.evaluate("fetch('/assets/next/components/menu/menu.js').then(answer => answer.status)"))
                .isEqualTo(200);
        deploy();
        page.navigate("/");
        until(page, "(await caches.keys()).includes('motette-files-next')");
        assertThat((List<?>) page.evaluate("""
            async () => {
              const files = await caches.open('motette-files-next');
              const kept = await Promise.all((await files.keys()).map(async request => [request.url, (await files.match(request)).redirected]));
              return kept.filter(([, redirected]) => redirected).map(([url]) => url);
            }\
            """)).isEmpty();
        page.context().close();
    }

    private void deploy() {
        behind = next.getBean(EmbeddedServer.class).getURI();
    }

    /** Somebody who was here before: the worker of the old version is at work and has its pages. */
    private Page visitor() {
        var page = chromium.keeping("");
        page.context().onResponse(answer -> {
            if (answer.url().contains("/assets/") && answer.status() >= 400) {
                missed.add(answer.status() + " " + answer.url());
            }
        });
        page.navigate("/");
        until(page, "navigator.serviceWorker.controller");
        until(page, "await caches.match(location.origin + '/offline?lang=de')");
        assertThat((List<?>) page.evaluate("caches.keys()")).asString().contains("motette-core-test");
        return page;
    }

    private static void until(Page page, String condition) {
        for (int i = 0; i < 400; i++) {
            try {
                if (Boolean.TRUE.equals(page.evaluate("async () => !!(" + condition + ")"))) {
                    return;
                }
            } catch (PlaywrightException onTheWay) {
                // The page is being left.
            }
            page.waitForTimeout(50);
        }
        throw new AssertionError("Never: " + condition);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = HttpRequest.newBuilder(behind.resolve(exchange.getRequestURI()));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (List.of("Cookie", "Accept", "Accept-language", "Cache-control")
                        .contains(name)) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var answer = client.send(request.GET().build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":") && !BETWEEN_TWO_ONLY.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
