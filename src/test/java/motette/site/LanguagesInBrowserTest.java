package motette.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static motette.Chromium.shot;
import static motette.Chromium.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a real browser on a phone: pages from right to left, and the way from looking to supporting in Arabic and in Leichte Sprache. */
@MicronautTest(transactional = false)
class LanguagesInBrowserTest extends PortalTest {

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ar, rtl, /", "ar, rtl, /ideas", "ar, rtl, /ideas/1", "ar, rtl, /ideas/new/place", "ar, rtl, /districts/ost",
        "ar, rtl, /budgets", "ar, rtl, /about", "de-simple, ltr, /words", "uk, ltr, /", "ru, ltr, /ideas/1"
    })
    void a_page_stands_in_the_language_without_a_barrier(String language, String direction, String path) {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            var page = chromium.open(390, 844, scheme, true, "");
            page.navigate(path + "?lang=" + language);
            assertThat(page.locator("html")).hasAttribute("dir", direction);
            assertThat(page.locator("html")).hasAttribute("lang", language);
            assertThat(new AxeBuilder(page)
                            .setLegacyMode(true).analyze().getViolations().stream()
                                    .map(rule -> rule.getId() + ": "
                                            + rule.getNodes().getFirst().getHtml())
                                    .toList())
                    .as("%s in %s %s", path, language, scheme)
                    .isEmpty();
            page.setViewportSize(320, 640);
            fits(page);
            page.context().close();
        }
        assertThat(chromium.complaints()).isEmpty();
    }

    /** Words of a picture stand where the picture has room for them, also where the page is read from the right. */
    @ParameterizedTest
    @ValueSource(strings = {"de", "ar"})
    void no_word_of_a_picture_is_cut(String language) {
        var page = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.chair("ost"));
        for (var path : List.of("/allocation/how", "/allocation/sbb-ost/2026")) {
            page.navigate(path + "?lang=" + language);
            assertThat(page.locator(".chart__picture").first()).isVisible();
            assertThat((List<?>) page.evaluate("""
                () => [...document.querySelectorAll('.chart__picture')].flatMap(picture => {
                  const room = picture.getBoundingClientRect();
                  return [...picture.querySelectorAll('text')]
                    .filter(word => { const box = word.getBoundingClientRect(); return box.left < room.left - 2 || box.right > room.right + 2; })
                    .map(word => word.textContent);
                })\
                """)).as(path).isEmpty();
        }
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({
        "ar, 'مقعد في الظل قرب المدرسة', 'نريد مقعدًا في الظل كي يستريح كبار السن في الطريق.', rtl",
        "de-simple, 'Eine Bank an der Schule', 'Wir wollen eine Bank. Auf der Bank kann man sich ausruhen.', ltr"
    })
    void somebody_looks_proposes_and_supports(String language, String title, String text, String direction) {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        phone.navigate("/");
        push(phone.locator(".language summary"));
        push(phone.locator(".language a[lang=" + language + "]"));
        assertThat(phone.locator("html")).hasAttribute("lang", language);
        fits(phone);
        phone.navigate("/ideas/new/place");
        assertThat(phone.locator("html")).hasAttribute("lang", language);
        phone.locator("#find").fill("Rabet");
        push(phone.locator("button[value=find]"));
        tick(phone.locator("input[name=spot]").first());
        push(phone.locator(".actions--sticky button"));
        phone.locator("#title").fill(title);
        tick(phone.locator("input[name=category][value=sitzen_rasten]"));
        push(phone.locator(".actions--sticky button"));
        phone.waitForURL(Pattern.compile(".*/ideas/new/(similar|text)"));
        if (phone.url().endsWith("/similar")) {
            push(phone.locator(".actions--sticky a[href='/ideas/new/text']"));
        }
        phone.locator("#description").fill(text);
        tick(phone.locator("input[name=kind][value=proposal]"));
        push(phone.locator(".actions button[value=next]"));
        tick(phone.locator("input[name=groups][value=alle]"));
        push(phone.locator(".actions--sticky button"));
        assertThat(phone.locator("article h2")).hasAttribute("dir", direction);
        fits(phone);
        shot(phone, "check-" + language);
        phone.locator("form[action='/ideas/new/guest-submission'] .actions button")
                .click();
        assertThat(phone).hasURL(Pattern.compile(".*/ideas/new/received"));
        fits(phone);
        shot(phone, "received-" + language);
        phone.context().close();

        var neighbour = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.resident(14));
        neighbour.navigate("/ideas?lang=" + language);
        shot(neighbour, "ideas-" + language);
        push(neighbour.locator(".card__title a").first());
        var support = neighbour.locator(".support__button");
        var before = support.getAttribute("aria-pressed");
        support.click();
        assertThat(neighbour.locator(".support__button"))
                .hasAttribute("aria-pressed", before.equals("true") ? "false" : "true");
        fits(neighbour);
        shot(neighbour, "supported-" + language);
        neighbour.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }
}
