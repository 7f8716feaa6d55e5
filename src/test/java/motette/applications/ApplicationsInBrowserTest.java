package motette.applications;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static motette.Chromium.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import motette.Chromium;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody asks for money on the phone, with and without script. */
@MicronautTest(transactional = false)
class ApplicationsInBrowserTest extends PortalTest {

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
    @ValueSource(booleans = {true, false})
    void on_the_phone_somebody_writes_an_application_in_steps_and_sends_it(boolean script) {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, script, Town.resident(script ? 4 : 14));
        phone.navigate("/applications/new");
        fits(phone);
        push(phone.locator("form[action='/applications'] button"));
        phone.locator("#title").fill("Schatten am Spielplatz");
        phone.locator("#quarter").selectOption("20");
        next(phone);
        tick(phone.locator("[name=kind][value=own-project]"));
        phone.locator("#what").fill("Wir bauen Bänke im Schatten für alle im Quartier.");
        phone.locator("#for-whom").fill("Familien und Ältere");
        phone.locator("#how").fill("An drei Samstagen bauen wir gemeinsam.");
        phone.locator("#from").fill(Asking.YEAR + "-03-01");
        phone.locator("#to").fill(Asking.YEAR + "-09-30");
        next(phone);
        tick(phone.locator("[name=legal][value=person]"));
        phone.locator("#name").fill("Demo-Einwohnerin");
        phone.locator("#street").fill("Demostraße 2");
        phone.locator("#postcode").fill("04315");
        phone.locator("#town").fill("Leipzig");
        tick(phone.locator("[name=confirmed]"));
        next(phone);
        phone.locator("[name=cost1-what]").fill("Holz");
        phone.locator("[name=cost1-amount]").fill("500");
        phone.locator("#asked").fill("450");
        if (!script) {
            push(phone.locator("button[value=sum]:visible").last());
        }
        assertThat(phone.locator("[data-said]")).containsText("Es fehlen noch");
        fits(phone);
        phone.locator("#asked").fill("500");
        if (script) {
            assertThat(phone.locator("[data-said]")).hasText("Es geht auf.");
        }
        next(phone);
        fits(phone);
        next(phone);
        tick(phone.locator("[name=no-start]"));
        push(phone.locator("form[action$='/submission'] button"));
        assertThat(phone.locator("[name=no-start]")).isChecked();
        tick(phone.locator("[name=privacy]"));
        fits(phone);
        push(phone.locator("form[action$='/submission'] button"));
        assertThat(phone.locator("main .notice")).containsText("Ihr Antrag ist eingegangen");
        fits(phone);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void what_somebody_types_is_kept_before_they_go_on() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.resident(18));
        phone.navigate("/applications/new");
        push(phone.locator("form[action='/applications'] button"));
        phone.locator("#title").fill("Bank an der Haltestelle");
        phone.locator("#quarter").selectOption("20");
        next(phone);
        phone.locator("#what").fill("Eine Bank");
        assertThat(phone.locator(".draft-status")).containsText("Entwurf gespeichert");
        phone.reload();
        assertThat(phone.locator("#what")).hasValue("Eine Bank");
        phone.navigate(phone.url().replace("/plan", "/money"));
        phone.locator("#asked").fill("12x");
        assertThat(phone.locator(".draft-status")).containsText("Entwurf gespeichert");
        phone.reload();
        assertThat(phone.locator("#asked")).hasValue("12x");
        assertThat(phone.locator("[data-said]")).not().hasText("Es geht auf.");
        assertThat(chromium.complaints()).isEmpty();
    }

    /** Each step leads on to one of its own, which fits the screen. */
    private static void next(Page phone) {
        var heading = phone.locator("h1").textContent();
        push(phone.locator(".actions button[value=next]"));
        assertThat(phone.locator("h1")).not().hasText(heading);
        fits(phone);
    }
}
