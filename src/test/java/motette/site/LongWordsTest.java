package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import motette.Chromium;
import motette.PortalTest;
import motette.shared.StretchedTexts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A language that needs two fifths more room breaks no page on the narrowest phones. */
@MicronautTest(transactional = false)
class LongWordsTest extends PortalTest {

    /** What people press or must read whole, and does not fit into its box or the screen. */
    private static final String CUT = """
        () => [...document.querySelectorAll('button, .button, .nav a, summary, .badge, label, h1, h2, h3, .notice p')]
          .filter(it => it.checkVisibility({ visibilityProperty: true }) && !it.closest('.visually-hidden, [aria-hidden=true], .leaflet-container, .skip-link'))
          .filter(it => { const box = it.getBoundingClientRect();
            return box.width > 1 && (box.left < -1 || box.right > innerWidth + 1 || it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== 'inline'); })
          .map(it => it.tagName + '.' + it.className + ': ' + it.textContent.trim().slice(0, 60))
        """;

    private Chromium chromium;

    @Override
    public Map<String, String> getProperties() {
        var properties = new HashMap<>(super.getProperties());
        properties.put("motette.test.stretched", "true");
        return properties;
    }

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @Test
    void texts_are_two_fifths_longer() {
        assertThat(StretchedTexts.stretch("Idee einreichen")).hasSize(22);
        assertThat(StretchedTexts.stretch("Ideen")).isEqualTo("IdeenId");
        assertThat(StretchedTexts.stretch("{0, plural, one {# Idee} other {# Ideen}}"))
                .isEqualTo("{0, plural, one {# Idee} other {# Ideen}}");
        assertThat(browser().page("/").select(".nav").text()).contains("IdeenId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ideas",
                "/ideas/1",
                "/ideas/new/place",
                "/ideas/new/topic",
                "/ideas/new/text",
                "/districts/ost",
                "/budgets",
                "/about",
                "/sign-in",
                "/council"
            })
    void a_page_with_longer_texts_fits_and_nothing_is_cut(String path) {
        var page = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        page.navigate(path);
        for (var width : List.of(390, 320)) {
            page.setViewportSize(width, 640);
            assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("%s scrolls sideways at %s px", path, width)
                    .isEqualTo(0);
            assertThat((List<?>) page.evaluate(CUT))
                    .as("%s at %s px", path, width)
                    .isEmpty();
        }
        page.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }
}
