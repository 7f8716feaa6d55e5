package motette.ideas;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static motette.Chromium.shot;
import static motette.Chromium.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.Locale;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.PortalTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody without an address hands in on a phone at the bus stop, and looks it up on another device. */
@MicronautTest(transactional = false)
class GuestJourneyTest extends PortalTest {

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
        "Ein Unterstand an der Haltestelle, 390, true, de",
        "Ein Geländer an der Treppe, 390, false, de",
        "Ein Fahrradbügel vor der Bibliothek, 320, true, de",
        "Eine Uhr am Markt, 320, false, ar"
    })
    void a_guest_without_address_hands_in_and_looks_it_up(String title, int width, boolean script, String language) {
        var phone = chromium.open(width, 844, ColorScheme.LIGHT, script, "");
        phone.navigate("/ideas/new/place?lang=" + language);
        fits(phone);
        phone.locator("#find").fill("Rabet");
        push(phone.locator("button[value=find]"));
        tick(phone.locator("input[name=spot]").first());
        push(phone.locator(".actions--sticky button"));
        phone.locator("#title").fill(title);
        tick(phone.locator("input[name=category][value=sitzen_rasten]"));
        push(phone.locator(".actions--sticky button"));
        if (phone.url().endsWith("/similar")) {
            push(phone.locator(".actions--sticky a[href='/ideas/new/text']"));
        }
        phone.locator("#description").fill("Damit niemand im Regen stehen muss und alle sicher gehen.");
        tick(phone.locator("input[name=kind][value=proposal]"));
        push(phone.locator(".actions button[value=next]"));
        tick(phone.locator("input[name=groups][value=alle]"));
        push(phone.locator(".actions--sticky button"));
        shot(phone, "guest-check");
        phone.locator("form[action='/ideas/new/guest-submission'] .actions button")
                .click();
        assertThat(phone).hasURL(Pattern.compile(".*/ideas/new/received"));
        var code = phone.locator(".code-show__signs").innerText();
        shot(phone, "guest-received");
        fits(phone);
        phone.reload();
        assertThat(phone.locator(".code-show__signs")).hasText(code);

        var other = chromium.open(width, 844, ColorScheme.LIGHT, script, "");
        other.navigate("/ideas/lookup?lang=" + language);
        other.locator("#code").fill("ABCD-EFGH");
        push(other.locator("form[action='/ideas/lookup'] button"));
        assertThat(other.locator("#code-error")).isVisible();
        shot(other, "guest-look-up-wrong");
        other.locator("#code").fill(code.toLowerCase(Locale.ROOT));
        push(other.locator("form[action='/ideas/lookup'] button"));
        assertThat(other.locator("article h2")).hasText(title);
        shot(other, "guest-look-up");
        fits(other);
        push(other.locator("article details summary"));
        push(other.locator("form[action='/ideas/lookup/withdrawal'] button"));
        assertThat(other.locator("main [role=status]").first()).isVisible();
        assertThat(other.locator("html")).hasAttribute("lang", language);
        fits(other);
        phone.context().close();
        other.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }
}
