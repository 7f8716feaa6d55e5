package motette.signin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passkeys in a real browser, whose device is the one that Chromium plays for tests. */
@MicronautTest(transactional = false)
class PasskeyInBrowserTest extends FactorTest {

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = new Chromium(URI.create(home()));
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    /** What the browser has for a fingerprint reader. */
    private record Reader(CDPSession session, String id) {

        static Reader plugInto(Page page) {
            var session = page.context().newCDPSession(page);
            session.send("WebAuthn.enable");
            var options = new JsonObject();
            options.addProperty("protocol", "ctap2");
            options.addProperty("transport", "internal");
            options.addProperty("hasResidentKey", true);
            options.addProperty("hasUserVerification", true);
            options.addProperty("isUserVerified", true);
            options.addProperty("automaticPresenceSimulation", true);
            var asked = new JsonObject();
            asked.add("options", options);
            return new Reader(
                    session,
                    session.send("WebAuthn.addVirtualAuthenticator", asked)
                            .get("authenticatorId")
                            .getAsString());
        }

        void verifies(boolean person) {
            var asked = asked();
            asked.addProperty("isUserVerified", person);
            session.send("WebAuthn.setUserVerified", asked);
        }

        /** Puts the passkey back as a copy that was made when it had signed nothing yet. */
        void copyFromBackThen() {
            var credential = session.send("WebAuthn.getCredentials", asked())
                    .getAsJsonArray("credentials")
                    .get(0)
                    .getAsJsonObject();
            var removed = asked();
            removed.addProperty("credentialId", credential.get("credentialId").getAsString());
            session.send("WebAuthn.removeCredential", removed);
            credential.addProperty("signCount", 0);
            var copy = asked();
            copy.add("credential", credential);
            session.send("WebAuthn.addCredential", copy);
        }

        private JsonObject asked() {
            var asked = new JsonObject();
            asked.addProperty("authenticatorId", id);
            return asked;
        }
    }

    @Test
    void a_coordinator_makes_a_passkey_signs_in_with_it_and_confirms_a_decision_with_it() {
        var person = Town.coordinator("ost");
        var page = page();
        var reader = Reader.plugInto(page);
        comeByMail(page, person, "/moderation");
        assertThat(page).hasURL(Pattern.compile(".*/me/second-factor\\?next=%2Fmoderation"));
        shots(page, "second-factor");
        page.locator("form[action='/me/passkeys'] button").click();
        assertThat(page).hasURL(Pattern.compile("^[^?]*/moderation"));

        signOut(page);
        page.navigate("/sign-in?next=/moderation");
        shots(page, "sign-in-with-passkey");
        page.locator("form[action='/sign-in/passkey'] button").click();
        assertThat(page).hasURL(Pattern.compile("^[^?]*/moderation"));
        page.navigate("/me/passkeys");
        assertThat(page.locator(".passkeys li")).hasCount(1);
        shots(page, "passkeys");

        comeByMail(page, person, "/");
        var number = waiting.idea(Town.resident(), quarter(person), "Ein Brunnen für die Ecke", clock.instant());
        page.navigate("/moderation?idea=" + number);
        page.locator("form[action='/moderation/ideas/" + number + "/publication'] button")
                .click();
        assertThat(page.locator("h1")).hasText("Bitte bestätigen Sie, dass Sie es sind");
        shots(page, "confirm");
        reader.verifies(false);
        page.locator("form[action='/sign-in/confirm/passkey'] button").click();
        assertThat(page.locator("form[action='/sign-in/confirm/passkey'] [role=status]"))
                .containsText("Das hat nicht geklappt");
        reader.verifies(true);
        page.locator("form[action='/sign-in/confirm/passkey'] button").click();
        assertThat(page.locator(".undo").first()).isVisible();
        assertThat(waiting.ask("select state from ideas where number = " + number))
                .isEqualTo("published");
        page.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void a_resident_is_offered_a_passkey_after_the_first_mail_and_a_removed_one_signs_nobody_in() {
        var page = page();
        Reader.plugInto(page);
        page.navigate("/sign-in");
        // The library's own waiting for an expression asks the page to evaluate a text, which its rules forbid from the
        // second time on.
        page.waitForCondition(() -> page.evaluate("document.cookie.includes('motette-passkey=able')")
                .equals(true));
        comeByMail(page, Town.resident(4), "/ideas");
        assertThat(page.locator("h1")).hasText("Beim nächsten Mal ohne E-Mail");
        shots(page, "passkey-offer");
        page.locator("form[action='/me/passkeys'] button").click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas"));
        page.navigate("/me/passkeys");
        page.locator("form[action$='/removal'] button").click();
        assertThat(page.locator(".notice[data-kind=success]")).containsText("Der Passkey ist entfernt");
        signOut(page);
        page.navigate("/sign-in");
        page.locator("form[action='/sign-in/passkey'] button").click();
        assertThat(page.locator(".error-summary")).containsText("Diesen Passkey kennen wir nicht");
        page.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void a_copied_passkey_is_refused() {
        var page = page();
        var reader = Reader.plugInto(page);
        comeByMail(page, Town.resident(5), "/");
        page.navigate("/me/passkeys");
        page.locator("form[action='/me/passkeys'] button").click();
        assertThat(page.locator(".notice[data-kind=success]")).containsText("Der Passkey ist eingerichtet");
        reader.copyFromBackThen();
        signOut(page);
        page.navigate("/sign-in");
        page.locator("form[action='/sign-in/passkey'] button").click();
        assertThat(page.locator(".error-summary")).containsText("eine Kopie");
        assertThat(mails(Town.resident(5), "passkey-copied")).isEqualTo(1);
        page.context().close();
    }

    @Test
    void the_field_for_the_address_offers_the_passkey_too() {
        var page = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        Reader.plugInto(page);
        comeByMail(page, Town.resident(6), "/");
        page.navigate("/me/passkeys");
        page.locator("form[action='/me/passkeys'] button").click();
        assertThat(page.locator(".notice[data-kind=success]")).containsText("Der Passkey ist eingerichtet");
        signOut(page);
        page.navigate("/sign-in?next=/budgets");
        assertThat(page).hasURL(Pattern.compile(".*/budgets"));
        assertThat(page.locator(".nav a[href='/me']")).hasCount(1);
        page.context().close();
    }

    @Test
    void without_script_an_app_confirms_a_decision_and_nobody_sees_a_button_that_does_nothing() {
        var person = Town.coordinator("nord");
        var secret = setUpApp(byMail(person));
        clock.turn(Duration.ofMinutes(1));
        var page = chromium.open(390, 844, ColorScheme.LIGHT, false, "");
        page.navigate("/sign-in");
        assertThat(page.locator("form[action='/sign-in/passkey'] button")).isHidden();
        comeByMail(page, person, "/moderation");
        var number = waiting.idea(Town.resident(), quarter(person), "Eine Bank am Weg", clock.instant());
        page.navigate("/moderation?idea=" + number);
        page.locator("form[action='/moderation/ideas/" + number + "/publication'] button")
                .press("Enter");
        page.locator("#confirm-code").fill(code(secret));
        page.locator("#confirm-code").press("Enter");
        assertThat(page.locator(".undo").first()).isVisible();
        assertThat(waiting.ask("select state from ideas where number = " + number))
                .isEqualTo("published");
        page.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void an_app_is_set_up_in_four_steps() {
        var page = page();
        comeByMail(page, Town.chair("west"), "/council");
        page.locator("a[href='/me/authenticator']").click();
        page.locator("form[action='/me/authenticator'] button").click();
        shots(page, "authenticator");
        var secret = secret(Jsoup.parse(page.content()));
        page.locator("#code").fill(code(secret));
        page.locator("form[action='/me/authenticator/confirmation'] button").click();
        page.locator("form[action='/me/recovery-codes'] button").click();
        assertThat(page.locator(".codes li")).hasCount(10);
        shots(page, "recovery-codes");
        page.context().close();
        assertThat(chromium.complaints()).isEmpty();
    }

    /** A page on which only the button asks for a passkey: the browser's own offer would be faster than the test. */
    private Page page() {
        var page = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        page.addInitScript("if (window.PublicKeyCredential)"
                + " PublicKeyCredential.isConditionalMediationAvailable = async () => false;");
        return page;
    }

    private void comeByMail(Page page, String person, String next) {
        browser().post("/sign-in/link", Map.of("email", person + "@motette.example", "next", next));
        page.navigate(
                waiting.ask("select substring(body from '/sign-in/link/[A-Za-z0-9_-]+') from mails where recipient = '"
                        + person + "@motette.example' and body like '%/sign-in/link/%' order by id desc limit 1"));
        page.locator("main form button").first().press("Enter");
        page.waitForURL(url -> !url.contains("/sign-in/link/"));
    }

    private static void signOut(Page page) {
        page.navigate("/me");
        page.locator("form[action='/sign-out'] button").click();
        page.waitForURL(url -> !url.endsWith("/me"));
    }

    private String quarter(String coordinator) {
        return waiting.ask("select a.quarter_key from area_quarters a join roles r on r.scope = a.area_key"
                + " join persons p on p.id = r.person_id where p.demo_key = '" + coordinator + "' limit 1");
    }

    /** Pictures are for people to look at. */
    private static void shots(Page page, String name) {
        for (int width : new int[] {390, 820, 1440}) {
            page.setViewportSize(width, 844);
            try {
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target/screenshots", name + "-" + width + ".png")));
            } catch (PlaywrightException undrawn) {
                page.waitForTimeout(500);
            }
        }
        page.setViewportSize(390, 844);
    }
}
