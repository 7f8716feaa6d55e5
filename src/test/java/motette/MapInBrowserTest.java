package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of our own outlines, as people see and use it. */
@MicronautTest(transactional = false)
class MapInBrowserTest extends PortalTest {

    /** Names that are shown and lie on another name, a marker or a control. */
    private static final String CLASHES = """
        () => {
          const box = each => each.getBoundingClientRect();
          const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const shown = [...document.querySelectorAll('.map .map__name')].filter(name => box(name).width > 0);
          const others = [...document.querySelectorAll('.map .map__dot, .map .map__cluster, .map .leaflet-control')].map(box);
          return shown.filter((name, i) => others.some(other => meet(box(name), other))
            || shown.some((other, j) => j > i && meet(box(name), box(other)))).map(name => name.textContent);
        }\
        """;

    /** Until nothing moves any more and the markers of the new view have come. */
    private static final String REST = """
        async () => {
          const map = document.querySelector('.map');
          const moving = () => map.getAnimations({ subtree: true });
          for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
          do {
            await Promise.allSettled(moving().map(each => each.finished));
            await new Promise(done => setTimeout(done, 350));
          } while (moving().length || map.ariaBusy === 'true');
        }\
        """;

    private Chromium chromium;

    @BeforeAll
    void open() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void close() {
        assertThat(chromium.complaints()).isEmpty();
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({"390, 844, 0.2", "820, 1180, 1", "1440, 900, 0.2"})
    void no_name_lies_on_another_or_on_a_marker_however_slow_the_device_moves_them(int width, int height, double pace) {
        var page = map(width, height);
        var paced = new JsonObject();
        paced.addProperty("playbackRate", pace);
        page.context().newCDPSession(page).send("Animation.setPlaybackRate", paced);
        assertThat(page.locator(".map__district").count()).isEqualTo(10);
        assertThat(page.locator(".map__quarter").count()).isEqualTo(63);
        for (int zoom = 0; zoom < 5; zoom++) {
            assertThat(clashesAtRest(page)).as("after " + zoom + " steps").isEmpty();
            page.locator(".leaflet-control-zoom-in").click();
        }
        page.evaluate(REST);
        assertThat(page.locator(".map__name--quarter:visible").count()).isPositive();
        page.context().close();
    }

    @Test
    void the_signs_are_explained_by_keyboard_too() {
        var page = map(1440, 900);
        var summary = page.locator(".map-legend summary");
        summary.focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".map-legend li:visible").count()).isGreaterThan(5);
        page.keyboard().press("Escape");
        assertThat(page.locator(".map-legend li:visible").count()).isZero();
        assertThat(summary.evaluate("each => each === document.activeElement")).isEqualTo(true);
        page.context().close();
    }

    @Test
    void where_one_stands_is_asked_for_at_a_click_only_and_goes_nowhere() {
        var page = chromium.open(1440, 900, ColorScheme.LIGHT, true, "");
        page.addInitScript("window.asked = 0; navigator.geolocation.getCurrentPosition = found => { window.asked++;"
                + " found({ coords: { latitude: 51.2951, longitude: 12.3891 } }) }");
        var requests = new java.util.ArrayList<String>();
        page.onRequest(request -> requests.add(request.url()));
        page.navigate("/ideas");
        page.locator(".map__cluster").first().waitFor();
        assertThat(page.evaluate("window.asked")).isEqualTo(0);
        page.locator(".map__near").click();
        page.waitForTimeout(1200);
        assertThat(page.evaluate("window.asked")).isEqualTo(1);
        assertThat(requests).noneMatch(url -> url.contains("51.2951") || url.contains("12.3891"));
        assertThat(page.locator(".map").first().getAttribute("data-names")).isEqualTo("quarters");
        page.context().close();
    }

    private static List<?> clashesAtRest(Page page) {
        page.evaluate(REST);
        return (List<?>) page.evaluate(CLASHES);
    }

    private Page map(int width, int height) {
        var page = chromium.open(width, height, ColorScheme.LIGHT, true, "");
        page.navigate("/ideas");
        page.locator(".map__cluster").first().waitFor();
        page.waitForTimeout(600);
        return page;
    }
}
