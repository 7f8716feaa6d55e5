package motette.votes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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

/** A voter on the phone, without script, in Arabic, by keyboard alone, in two tabs and on two devices. */
@MicronautTest(transactional = false)
class VotingInBrowserTest extends PortalTest {

    private static final String HERE = "/votes/runde";
    private static final Pattern RECEIPT = Pattern.compile("[0-9A-Z]{5}(-[0-9A-Z]{5}){3}");

    @Inject
    TestRounds rounds;

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
    void one_round() {
        rounds.forgetAll();
        rounds.announce(TestRounds.plan("runde", TestRounds.OST));
    }

    @Test
    void on_the_phone_the_sum_follows_each_tick_and_the_choice_survives_the_sign_in() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        phone.navigate(HERE);
        assertThat(phone.locator("[data-sum]")).isHidden();
        for (int number = 1; number <= 4; number++) {
            phone.locator("[name=c" + number + "]").check();
        }
        assertThat(phone.locator(".ballot-sum")).hasAttribute("data-exceeds", "true");
        assertThat(phone.locator(".ballot-sum")).containsText("zu viel");
        for (int number = 2; number <= 4; number++) {
            phone.locator("[name=c" + number + "]").uncheck();
        }
        assertThat(phone.locator(".ballot-sum")).hasAttribute("data-exceeds", "false");
        phone.locator("button[value=review]").click();
        phone.locator("main a[href^='/sign-in']").click();
        phone.locator("form[action='/sign-in/demo']:has([value='resident-3']) button")
                .first()
                .click();
        assertThat(phone).hasURL(Pattern.compile(".*" + HERE + "/review"));
        phone.locator("form[action$='/ballot'] button").click();
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        fits(phone);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void without_script_a_button_reckons_the_sum() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, false, Town.resident(3));
        phone.navigate(HERE);
        phone.locator("[name=c2]").focus();
        phone.keyboard().press("Space");
        phone.locator("[data-sum]").press("Enter");
        assertThat(phone.locator(".ballot-sum")).containsText("1 Idee");
        assertThat(phone.locator("[name=c2]")).isChecked();
        phone.locator("button[value=review]").press("Enter");
        phone.locator("form[action$='/ballot'] button").press("Enter");
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
    }

    @Test
    void in_arabic_the_whole_way_fits_and_is_said_in_arabic() {
        var phone = chromium.open(390, 844, ColorScheme.DARK, true, Town.resident(3));
        phone.navigate(HERE + "?lang=ar");
        phone.locator("[name=c2]").check();
        assertThat(phone.locator(".ballot-sum")).containsText("فكرة واحدة");
        fits(phone);
        phone.locator("button[value=review]").click();
        fits(phone);
        phone.locator("form[action$='/ballot'] button").click();
        assertThat(phone.locator("html")).hasAttribute("dir", "rtl");
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        fits(phone);
    }

    @Test
    void by_keyboard_alone_a_ballot_is_cast() {
        var desk = chromium.open(1440, 900, ColorScheme.LIGHT, true, Town.resident(3));
        desk.navigate(HERE);
        tabTo(desk, "c2");
        desk.keyboard().press("Space");
        assertThat(desk.locator(".ballot-sum")).containsText("1 Idee");
        tabTo(desk, "then");
        desk.keyboard().press("Enter");
        assertThat(desk).hasURL(Pattern.compile(".*/review"));
        for (int i = 0;
                i < 80
                        && !Boolean.TRUE.equals(
                                desk.evaluate("document.activeElement.closest('form[action$=\"/ballot\"]') !== null"));
                i++) {
            desk.keyboard().press("Tab");
        }
        desk.keyboard().press("Enter");
        assertThat(desk.locator(".receipt-signs")).hasText(RECEIPT);
    }

    @Test
    void a_second_tab_knows_the_choice_of_the_first() {
        var first = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.resident(3));
        first.navigate(HERE);
        first.locator("[name=c2]").check();
        assertThat(first.locator(".ballot-sum")).containsText("1 Idee");
        var second = first.context().newPage();
        second.navigate(HERE);
        assertThat(second.locator("[name=c2]")).isChecked();
        second.close();
    }

    @Test
    void another_device_goes_on_with_the_choice() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        phone.navigate(HERE);
        phone.locator("[name=c2]").check();
        assertThat(phone.locator(".ballot-sum")).containsText("1 Idee");
        phone.locator("button[value=handover]").click();
        phone.locator("form[action$='/handover'] button").click();
        var address = phone.locator(".handover-address").textContent();
        assertThat(phone.locator(".code-show__qr")).isVisible();
        fits(phone);
        var desk = chromium.open(1440, 900, ColorScheme.LIGHT, true, Town.resident(3));
        desk.navigate(address.substring(address.indexOf("/votes/")));
        desk.locator("form[action*='/handover/'] button").click();
        desk.locator("form[action$='/ballot'] button").click();
        assertThat(desk.locator(".receipt-signs")).hasText(RECEIPT);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
    }

    private static void tabTo(Page page, String name) {
        for (int i = 0; i < 80; i++) {
            if (name.equals(page.evaluate("document.activeElement.name"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("No way to " + name + " by the keyboard");
    }

    private static void fits(Page page) {
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(page.url())
                .isTrue();
    }
}
