package motette.votes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static motette.Chromium.tick;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
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
    void on_the_phone_a_voter_chooses_signs_in_casts_changes_and_casts_again() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        phone.navigate(HERE);
        assertThat(phone.locator("[data-sum]")).isHidden();
        for (int number = 1; number <= 4; number++) {
            phone.locator("[name=c" + number + "]").check();
        }
        assertThat(phone.locator(".ballot-sum")).hasAttribute("data-exceeds", "true");
        assertThat(phone.locator(".ballot-sum")).containsText("zu viel");
        fits(phone);
        for (int number = 2; number <= 4; number++) {
            phone.locator("[name=c" + number + "]").uncheck();
        }
        assertThat(phone.locator(".ballot-sum")).hasAttribute("data-exceeds", "false");
        phone.locator("button[value=review]").click();
        fits(phone);
        phone.locator("main a[href^='/sign-in']").click();
        signIn(phone);
        fits(phone);
        phone.locator("form[action$='/ballot'] button").click();
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        fits(phone);
        var first = phone.locator(".receipt-signs").textContent();
        phone.locator("form[action$='/change'] button").click();
        assertThat(phone.locator("[name=c1]")).isChecked();
        phone.locator("[name=c1]").uncheck();
        phone.locator("[name=c3]").check();
        assertThat(phone.locator(".ballot-sum")).containsText("1 Idee");
        phone.locator("button[value=review]").click();
        assertThat(phone.locator("main")).containsText("Sie haben schon abgestimmt");
        phone.locator("form[action$='/ballot'] button").click();
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        assertThat(phone.locator(".receipt-signs")).not().hasText(first);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void who_ticks_before_the_script_is_there_has_the_sum_as_soon_as_it_is() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        var held = new ArrayList<Route>();
        phone.route("**/votes-total*", held::add);
        phone.navigate(HERE, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        phone.locator("[name=c2]").check();
        phone.waitForCondition(() -> !held.isEmpty());
        assertThat(phone.locator(".ballot-sum")).not().containsText("1 Idee");
        held.forEach(Route::resume);
        assertThat(phone.locator(".ballot-sum")).containsText("1 Idee");
    }

    @Test
    void without_script_the_same_way_leads_to_a_receipt_and_to_a_changed_ballot() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, false, "");
        phone.navigate(HERE);
        tick(phone.locator("[name=c2]"));
        push(phone.locator("[data-sum]"));
        assertThat(phone.locator(".ballot-sum")).containsText("1 Idee");
        assertThat(phone.locator("[name=c2]")).isChecked();
        push(phone.locator("button[value=review]"));
        push(phone.locator("main a[href^='/sign-in']"));
        signIn(phone);
        push(phone.locator("form[action$='/ballot'] button"));
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        fits(phone);
        var first = phone.locator(".receipt-signs").textContent();
        push(phone.locator("form[action$='/change'] button"));
        assertThat(phone.locator("[name=c2]")).isChecked();
        phone.locator("[name=c2]").press("Space");
        tick(phone.locator("[name=c3]"));
        push(phone.locator("button[value=review]"));
        push(phone.locator("form[action$='/ballot'] button"));
        assertThat(phone.locator(".receipt-signs")).hasText(RECEIPT);
        assertThat(phone.locator(".receipt-signs")).not().hasText(first);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");
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

    /** As somebody who lives in the east. */
    private static void signIn(Page page) {
        push(page.locator("form[action='/sign-in/demo']:has([value='resident-3']) button")
                .first());
        assertThat(page).hasURL(Pattern.compile(".*" + HERE + "/review"));
    }
}
