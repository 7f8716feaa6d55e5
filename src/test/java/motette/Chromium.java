package motette;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/**
 * A real browser. Devices are the three we build for; a device without script is one with JavaScript switched off. Watches
 * what no page may do: ask another origin, fail, or complain in the console.
 */
public final class Chromium implements AutoCloseable {

    /** Milliseconds. Two processes that test, their browsers and their databases share the machine: what takes long there is not broken. */
    private static final int PATIENCE = 20_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final URI home;
    private final List<String> complaints = new ArrayList<>();

    public Chromium(URI home) {
        this.home = home;
        var installed = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        this.playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
        var options = new BrowserType.LaunchOptions()
                .setArgs(List.of(
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync"));
        installed.ifPresent(options::setExecutablePath);
        this.browser = playwright.chromium().launch(options);
    }

    /** @param person key of the cast; empty for a guest */
    public Page open(int width, int height, ColorScheme scheme, boolean script, String person) {
        return open(width, height, scheme, script, person, ServiceWorkerPolicy.BLOCK);
    }

    /** A phone that keeps pages and ideas for moments without net. */
    public Page keeping(String person) {
        return open(390, 844, ColorScheme.LIGHT, true, person, ServiceWorkerPolicy.ALLOW);
    }

    private Page open(
            int width, int height, ColorScheme scheme, boolean script, String person, ServiceWorkerPolicy workers) {
        BrowserContext context = browser.newContext(new NewContextOptions()
                .setBaseURL(home.toString())
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale("de-DE")
                .setServiceWorkers(workers)
                .setJavaScriptEnabled(script));
        context.setDefaultTimeout(PATIENCE);
        if (!person.isEmpty()) {
            var answer = context.request()
                    .post(
                            home.resolve("/sign-in/demo").toString(),
                            RequestOptions.create()
                                    .setForm(FormData.create().set("person", person))
                                    .setMaxRedirects(0)
                                    // A connection that the server had just let go.
                                    .setMaxRetries(2));
            if (answer.status() != 303) {
                throw new AssertionError("Cannot sign in as " + person + ": " + answer.status());
            }
        }
        var page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(home.toString())
                    && !request.url().startsWith("data:")
                    && !request.url().startsWith("blob:")) {
                complaints.add("another origin: " + request.url() + " on " + page.url());
            }
        });
        page.onPageError(error -> complaints.add("script: " + error + " on " + page.url()));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().contains("status of 4")
                    && !message.text().contains("inline style")) {
                complaints.add("console: " + message.text() + " on " + page.url());
            }
        });
        return page;
    }

    /** Presses a button or link by keyboard, which works with and without script and waits for no animation. */
    public static void push(Locator button) {
        button.focus();
        button.press("Enter");
    }

    /** Ticks a box or chooses one of several by keyboard. */
    public static void tick(Locator choice) {
        choice.focus();
        choice.press("Space");
        PlaywrightAssertions.assertThat(choice).isChecked();
    }

    /** Nothing of the page lies beyond the edge of the screen. */
    public static void fits(Page page) {
        Assertions.assertThat(
                        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("%s scrolls sideways", page.url())
                .isEqualTo(0);
    }

    /** A picture of the whole page for whoever wants to see what a test saw. */
    public static void shot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screens", name + ".png"))
                .setFullPage(true));
    }

    /** What pages did that they must not do. */
    public List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
