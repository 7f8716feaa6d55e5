package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * With a keyboard and nothing else: every control is found with Tab, from wherever the focus is, and worked with Enter, Space,
 * arrows and letters. What a deed did has the focus afterwards.
 */
@MicronautTest(transactional = false)
class KeyboardTest extends PortalTest {

    private static final int MOST_STOPS = 150;

    @Inject
    Waiting town;

    private Chromium chromium;

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @Test
    void an_idea_is_supported_and_the_focus_stays_where_it_was() {
        var page = open(390, 844, Town.resident(14));
        page.navigate("/ideas/"
                + town.ask("select min(number) from ideas i where state = 'published' and not exists (select from"
                        + " supports s join persons p on p.id = s.person_id where s.idea_number = i.number and"
                        + " p.demo_key = '"
                        + Town.resident(14) + "')"));
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "false");
        press(page, ".support__button", "Enter");
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".support__button")).isFocused();
        assertThat(page.locator(".support__said")).not().isEmpty();
        page.context().close();
    }

    @Test
    void a_coordinator_publishes_what_waits() {
        long number = town.idea(
                Town.resident(3),
                town.ask("select home_quarter from persons where demo_key = '" + Town.resident(3) + "'"),
                "Boule neben dem Spielplatz",
                Instant.now().minus(Duration.ofDays(1)));
        var page = open(1180, 820, coordinatorOf(number));
        page.navigate("/moderation");
        follow(page, "a[href*='idea=" + number + "']");
        assertThat(page.locator("h1")).hasText("Boule neben dem Spielplatz");
        follow(page, "form[action='/moderation/ideas/" + number + "/publication'] button");
        assertThat(page.locator(".undo").first()).isVisible();
        assertThat(town.ask("select state from ideas where number = " + number)).isEqualTo("published");
        page.context().close();
    }

    @Test
    void a_chair_writes_a_resolution() {
        var page = open(1440, 900, Town.chair("ost"));
        var number = town.ask("select min(number) from ideas where body_key = 'sbb-ost' and state = 'published'");
        page.navigate("/council/sbb-ost/" + LocalDate.now().getYear() + "/ideas/" + number + "/resolution");
        press(page, "input[name=kind]", "Space");
        choose(page, "input[name=kind]", "not-granted");
        type(page, "#yes", "2");
        type(page, "#no", "8");
        type(page, "#abstentions", "1");
        press(page, "#statement", "Space");
        type(page, "#reason", "Das gibt es zwei Straßen weiter schon.");
        follow(page, "main form .actions button");
        assertThat(page.locator("main .notice[role=status]").first()).isFocused();
        page.context().close();
    }

    @Test
    void somebody_signs_in_with_the_code_of_the_mail() {
        var page = open(390, 844, "");
        page.navigate("/sign-in");
        type(page, "#email", "tasten@stadt.example");
        follow(page, "#email");
        var body = town.ask("select body from mails where recipient = 'tasten@stadt.example'");
        var code = Pattern.compile("(?<!\\d)\\d{3} ?\\d{3}(?!\\d)").matcher(body);
        assertThat(code.find()).isTrue();
        stopAt(page, "#code");
        // As the clipboard or the browser's own filling in do: at once, and with the blank of the mail.
        page.keyboard().insertText(code.group());
        follow(page, "#code");
        assertThat(page.locator(".nav a[href='/me']")).hasCount(1);
        page.context().close();
    }

    @Test
    void the_map_is_walked_marker_by_marker_and_its_list_says_the_same() {
        var page = open(1440, 900, "");
        page.navigate("/ideas");
        page.waitForSelector(".map__pin, .map__cluster");
        press(page, ".map__pin", "Enter");
        var chosen = page.locator(".map__said a").first();
        assertThat(chosen).isFocused();
        var target = chosen.getAttribute("href");
        page.keyboard().press("Escape");
        assertThat(page.locator(".map__pin:focus")).hasCount(1);
        assertThat(page.locator(".map__said a")).hasCount(0);
        // Who does not want the map reaches the same idea through search and list.
        var title = browser().page(target).select("h1").text();
        page.navigate("/ideas?q=" + title.replace(" ", "+"));
        follow(page, "#results a[href='" + target + "'], .card a[href='" + target + "']");
        assertThat(page.locator("h1")).hasText(title);
        page.context().close();
    }

    private Page open(int width, int height, String person) {
        return chromium.open(width, height, ColorScheme.LIGHT, true, person);
    }

    /** Walks with Tab until something has the focus that the selector names. */
    private static void stopAt(Page page, String selector) {
        for (int i = 0; i < MOST_STOPS; i++) {
            if (Boolean.TRUE.equals(page.evaluate("selector => document.activeElement.matches(selector)", selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError(MOST_STOPS + " stops of Tab did not reach " + selector + " on " + page.url());
    }

    private static void press(Page page, String selector, String key) {
        stopAt(page, selector);
        page.keyboard().press(key);
    }

    /** Enter on what leads to another page, or to the same one anew; waits until it is there. */
    private static void follow(Page page, String selector) {
        stopAt(page, selector);
        page.evaluate("window.left = false");
        page.keyboard().press("Enter");
        for (int i = 0; i < 200 && !arrived(page); i++) {
            page.waitForTimeout(50);
        }
    }

    private static boolean arrived(Page page) {
        try {
            return Boolean.TRUE.equals(
                    page.evaluate("window.left === undefined && document.readyState === 'complete'"));
        } catch (PlaywrightException onTheWay) {
            return false;
        }
    }

    private static void type(Page page, String selector, String words) {
        stopAt(page, selector);
        page.keyboard().press("Control+A");
        page.keyboard().type(words);
    }

    /** Goes through a group of radio buttons with the arrow. */
    private static void choose(Page page, String selector, String value) {
        for (int i = 0; i < 10; i++) {
            if (Boolean.TRUE.equals(page.evaluate(
                    "([selector, value]) => document.querySelector(`${selector}[value='${value}']`).checked",
                    List.of(selector, value)))) {
                return;
            }
            page.keyboard().press("ArrowDown");
        }
        throw new AssertionError("No choice " + value);
    }

    private String coordinatorOf(long number) {
        return town.ask("select p.demo_key from ideas i join area_quarters aq on aq.quarter_key = i.quarter_key join"
            + " roles r on r.name = 'coordinator' and r.scope = aq.area_key join persons p on p.id = r.person_id where"
            + " i.number = " + number + " and p.demo_key is not null order by r.id limit 1");
    }
}
