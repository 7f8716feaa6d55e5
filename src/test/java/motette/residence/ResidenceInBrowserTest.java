package motette.residence;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.Keyboard;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        guest.waitForCondition(() -> guest.evaluate("location.hash === ''").equals(true));
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

    @Test
    void by_keyboard_alone_a_letter_is_ordered_and_its_code_shows_where_somebody_lives() throws IOException {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.resident(5));
        var hands = new Keyboard(phone);
        phone.navigate("/residence");
        hands.follow("a[href='/residence/letter']");
        write(hands, 5);
        hands.follow("main form button");
        assertThat(phone.locator("main .notice[role=status]").first()).isFocused();
        var office = browser().signIn(Town.officer());
        var code = LettersTest.codes(LettersTest.download(office, LettersTest.batch(office)))
                .getFirst();
        phone.navigate("/residence/code");
        hands.type("#code", "ABCD");
        hands.follow("#code");
        assertThat(phone.locator(".error-summary")).isFocused();
        hands.press(".error-summary a[href='#code']", "Enter");
        hands.type("#code", code);
        hands.follow("#code");
        assertThat(phone.locator("main")).containsText("Sie wohnen in Volkmarsdorf");
        assertThat(phone.locator("main .notice[role=status]").first()).isFocused();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void by_keyboard_alone_a_code_is_shown_and_the_desk_confirms_it() {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, true, Town.resident(6));
        var hands = new Keyboard(phone);
        phone.navigate("/residence");
        hands.follow("a[href='/residence/card']");
        write(hands, 6);
        hands.follow("main form button");
        var code = phone.locator(".code-show__signs").textContent();
        var tablet = chromium.open(820, 1180, ColorScheme.LIGHT, true, Town.coordinator("ost"));
        var other = new Keyboard(tablet);
        tablet.navigate("/residence/desk");
        other.type("#code", code);
        other.follow("#code");
        assertThat(tablet.locator("main")).containsText("Prüfstraße 7");
        other.follow(".desk-check__answers form[action='/residence/desk/proof'] button");
        assertThat(tablet.locator("main")).containsText("Bestätigt: wohnt in Volkmarsdorf");
        assertThat(tablet.locator("main .notice[role=status]").first()).isFocused();
        other.follow(".desk-given button");
        assertThat(tablet.locator("main")).containsText("Rückgängig gemacht");
        assertThat(chromium.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"320, de", "320, ar"})
    void on_the_narrowest_phone_and_from_right_to_left_every_step_fits(int width, String language) {
        var phone = chromium.open(width, 640, ColorScheme.LIGHT, true, Town.resident(7));
        phone.navigate("/residence?lang=" + language);
        fits(phone);
        push(phone.locator("a[href='/residence/card']"));
        fits(phone);
        fill(phone, 7);
        push(phone.locator("main form button").first());
        assertThat(phone.locator("html")).hasAttribute("lang", language);
        assertThat(phone.locator(".code-show__qr")).isVisible();
        fits(phone);
        var desk = chromium.open(width, 640, ColorScheme.LIGHT, true, Town.coordinator("ost"));
        desk.navigate("/residence/desk?lang=" + language);
        fits(desk);
        desk.locator("#code").fill(phone.locator(".code-show__signs").textContent());
        push(desk.locator(".desk-code__go"));
        fits(desk);
        push(desk.locator(".desk-check__answers button").first());
        assertThat(desk.locator("main .notice[role=status]").first()).isVisible();
        fits(desk);
        phone.navigate("/residence");
        fits(phone);
        assertThat(chromium.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8, 390, false, de", "9, 320, true, de", "10, 320, false, ar"})
    void a_letter_is_ordered_and_its_code_typed(int number, int width, boolean script, String language)
            throws IOException {
        var phone = chromium.open(width, 640, ColorScheme.LIGHT, script, Town.resident(number));
        phone.navigate("/residence?lang=" + language);
        push(phone.locator("a[href='/residence/letter']"));
        fits(phone);
        fill(phone, number);
        push(phone.locator("main form button").first());
        assertThat(phone.locator("main .notice[role=status]").first()).isVisible();
        fits(phone);
        var office = browser().signIn(Town.officer());
        var code = LettersTest.codes(LettersTest.download(office, LettersTest.batch(office)))
                .getFirst();
        phone.navigate("/residence/code");
        phone.locator("#code").fill("ABCD");
        phone.locator("#code").press("Enter");
        assertThat(phone.locator("#code-error")).isVisible();
        fits(phone);
        phone.locator("#code").fill(code);
        phone.locator("#code").press("Enter");
        assertThat(phone.locator("main")).containsText("Volkmarsdorf");
        assertThat(phone.locator("main .notice[role=status]").first()).isVisible();
        assertThat(phone.locator("html")).hasAttribute("lang", language);
        fits(phone);
        assertThat(chromium.complaints()).isEmpty();
    }

    private static void fill(Page phone, int number) {
        Residents.form(number).forEach((field, value) -> {
            if (field.equals("quarter")) {
                phone.locator("#quarter").selectOption(value);
            } else {
                phone.locator("#" + field).fill(value);
            }
        });
    }

    private static void write(Keyboard hands, int number) {
        var form = Residents.form(number);
        for (var field : List.of("given", "family", "born", "street", "postcode")) {
            hands.type("#" + field, form.getOrDefault(field, ""));
        }
        hands.pick("#quarter", form.getOrDefault("quarter", ""));
    }

    private void confirmed(boolean script) {
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, script, Town.resident(3));
        phone.navigate("/residence");
        assertThat(phone.locator("h2").first()).containsText("Sie sagen: Ich wohne in");
        push(phone.locator("a[href='/residence/card']"));
        fill(phone, 3);
        push(phone.locator("main form button").first());
        var code = phone.locator(".code-show__signs").textContent();
        assertThat(phone.locator(".code-show__qr")).isVisible();
        fits(phone);

        var tablet = chromium.open(820, 1180, ColorScheme.LIGHT, script, Town.coordinator("ost"));
        tablet.navigate("/residence/desk");
        assertThat(tablet.locator(".desk-code__go").boundingBox().height).isGreaterThanOrEqualTo(64);
        tablet.locator("#code").fill(code);
        push(tablet.locator(".desk-code__go"));
        assertThat(tablet.locator("main")).containsText("Prüfstraße 4");
        for (var answer : tablet.locator(".desk-check__answers button").all()) {
            assertThat(answer.boundingBox().height).isGreaterThanOrEqualTo(64);
        }
        fits(tablet);
        push(tablet.locator(".desk-check__answers button").first());
        assertThat(tablet.locator("main")).containsText("Bestätigt: wohnt in Volkmarsdorf");
        phone.navigate("/residence");
        assertThat(phone.locator("main")).containsText("Sie wohnen in Volkmarsdorf");

        push(tablet.locator(".desk-given button").first());
        assertThat(tablet.locator("main")).containsText("Rückgängig gemacht");
        phone.reload();
        assertThat(phone.locator("main")).containsText("Sie sagen: Ich wohne in");
    }
}
