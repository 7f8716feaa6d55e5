package motette.residence;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone and a tablet side by side, with script and without. */
@MicronautTest(transactional = false)
class ResidenceInBrowserTest extends PortalTest {

    @Inject
    Waiting waiting;

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @BeforeEach
    void nobody() {
        new Residents(waiting).forgetAll();
    }

    @Test
    void a_phone_shows_a_code_and_a_tablet_confirms_it() {
        confirmed(true);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void the_same_works_without_a_script() {
        confirmed(false);
    }

    @Test
    void the_qr_code_of_a_letter_fills_the_field_even_when_the_sign_in_comes_between() {
        var code = Code.of("ABCDEFGH234");
        var guest = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        guest.navigate("/residence/code#" + code.signs());
        assertThat(guest.locator("main")).containsText("Bitte melden Sie sich zuerst an");
        guest.waitForFunction("location.hash === ''");
        guest.locator("main a[href^='/sign-in']").click();
        guest.locator("form[action='/sign-in/demo'] button").first().click();
        assertThat(guest.locator("#code")).hasValue(code.grouped());
        assertThat(guest.url()).doesNotContain(code.signs());
        guest.locator("main form[action='/residence/code'] button").click();
        assertThat(guest.locator("main")).containsText("kein Brief mit einem gültigen Code");
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void the_camera_of_a_tablet_opens_the_desk_with_the_code_in_its_field() {
        var tablet = chromium.open(820, 1180, ColorScheme.LIGHT, true, Town.coordinator("ost"));
        var code = Code.of("ABCDE");
        tablet.navigate("/residence/desk#" + code.signs());
        assertThat(tablet.locator("#code")).hasValue(Pattern.compile("ABCD ?E."));
        assertThat(tablet.url()).doesNotContain("ABCDE");
    }

    private void confirmed(boolean script) {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, script, Town.resident(3));
        phone.navigate("/residence");
        assertThat(phone.locator("h2").first()).containsText("Sie sagen: Ich wohne in");
        push(phone.locator("a[href='/residence/card']"), script);
        Residents.form(3).forEach((field, value) -> {
            if (field.equals("quarter")) {
                phone.locator("#quarter").selectOption(value);
            } else {
                phone.locator("#" + field).fill(value);
            }
        });
        push(phone.locator("main form button").first(), script);
        var code = phone.locator(".code-show__signs").textContent();
        assertThat(phone.locator(".code-show__qr")).isVisible();
        fits(phone);

        var tablet = chromium.open(820, 1180, ColorScheme.LIGHT, script, Town.coordinator("ost"));
        tablet.navigate("/residence/desk");
        assertThat(tablet.locator(".desk-code__go").boundingBox().height).isGreaterThanOrEqualTo(64);
        tablet.locator("#code").fill(code);
        push(tablet.locator(".desk-code__go"), script);
        assertThat(tablet.locator("main")).containsText("Prüfstraße 4");
        for (var answer : tablet.locator(".desk-check__answers button").all()) {
            assertThat(answer.boundingBox().height).isGreaterThanOrEqualTo(64);
        }
        fits(tablet);
        push(tablet.locator(".desk-check__answers button").first(), script);
        assertThat(tablet.locator("main")).containsText("Bestätigt: wohnt in Volkmarsdorf");
        phone.navigate("/residence");
        assertThat(phone.locator("main")).containsText("Sie wohnen in Volkmarsdorf");

        push(tablet.locator(".desk-given button").first(), script);
        assertThat(tablet.locator("main")).containsText("Rückgängig gemacht");
        phone.reload();
        assertThat(phone.locator("main")).containsText("Sie sagen: Ich wohne in");
    }

    /** Without a script the driver cannot tell that a button stands still, so it is pressed with the keyboard. */
    private static void push(Locator button, boolean script) {
        if (script) {
            button.click();
        } else {
            button.press("Enter");
        }
    }

    private static void fits(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
    }
}
