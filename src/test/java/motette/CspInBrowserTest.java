package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules for browsers forbid what is smuggled in, and nothing that the map needs; {@link AccessibilityTest} asks the same of every page. */
@MicronautTest(transactional = false)
class CspInBrowserTest extends PortalTest {

    static final String LISTEN = "window.broken = []; document.addEventListener('securitypolicyviolation', e"
            + " => window.broken.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' +"
            + " e.lineNumber))";

    @Test
    void the_map_is_moved_and_the_pin_set_within_the_policy() {
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(1280, 900, ColorScheme.LIGHT, true, "");
            page.addInitScript(LISTEN);
            page.navigate("/ideas/new/place");
            var map = page.locator(".map .leaflet-container, .map.leaflet-container")
                    .first();
            map.waitFor();
            map.click();
            page.mouse().wheel(0, -400);
            page.waitForTimeout(500);
            assertThat((List<?>) page.evaluate("window.broken")).isEmpty();
            page.navigate("/ideas");
            page.waitForTimeout(500);
            assertThat((List<?>) page.evaluate("window.broken")).isEmpty();
        }
    }

    @Test
    void what_is_smuggled_in_is_stopped_by_the_policy() {
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(1280, 900, ColorScheme.LIGHT, true, "");
            page.addInitScript(LISTEN);
            page.navigate("/");
            page.evaluate("""
                () => {
                  const script = document.createElement('script'); script.textContent = 'window.hacked = 1'; document.body.append(script);
                  document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.hacked = 2"><p style="color:red"></p>'
                    + '<form action="https://evil.example/" id="away"></form><base href="https://evil.example/">'
                    + '<object data="https://evil.example/"></object><iframe src="https://evil.example/"></iframe>');
                  document.getElementById('away').submit();
                }\
                """);
            page.waitForTimeout(1000);
            assertThat(page.evaluate("typeof window.hacked")).isEqualTo("undefined");
            assertThat(String.valueOf(page.evaluate("window.broken.join('\\n')")))
                    .contains(
                            "script-src-elem",
                            "script-src-attr",
                            "style-src-attr",
                            "form-action",
                            "base-uri",
                            "object-src");
            assertThat(page.url()).startsWith(server.getURI().toString());
        }
    }
}
