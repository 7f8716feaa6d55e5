package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
        var hands = new Keyboard(page);
        page.navigate("/ideas/"
                + town.ask("select min(number) from ideas i where state = 'published' and not exists (select from"
                        + " supports s join persons p on p.id = s.person_id where s.idea_number = i.number and"
                        + " p.demo_key = '"
                        + Town.resident(14) + "')"));
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "false");
        hands.press(".support__button", "Enter");
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".support__button")).isFocused();
        assertThat(page.locator(".support__said")).not().isEmpty();
        page.context().close();
    }

    @Test
    void somebody_proposes_an_idea_and_is_led_to_what_is_missing() {
        var page = open(390, 844, Town.resident(4));
        var hands = new Keyboard(page);
        page.navigate("/ideas/new/place");
        hands.type("#find", "Rabet");
        hands.follow("button[value=find]");
        hands.press("input[name=spot]", "Space");
        hands.follow(".actions--sticky button");
        assertThat(page).hasURL(Pattern.compile(".*/ideas/new/topic"));
        hands.type("#title", "Ein Barfußweg hinter der Schule");
        hands.follow(".actions--sticky button");
        assertThat(page.locator(".error-summary")).isFocused();
        hands.press(".error-summary a[href='#category']", "Enter");
        hands.choose("input[name=category]", "sitzen_rasten");
        hands.follow(".actions--sticky button");
        if (page.url().endsWith("/similar")) {
            hands.follow(".actions--sticky a[href='/ideas/new/text']");
        }
        hands.type("#description", "Damit Kinder und Ältere sicher stehen und gehen lernen.");
        hands.choose("input[name=kind]", "proposal");
        hands.follow(".actions button[value=next]");
        hands.press("input[name=groups][value=alle]", "Space");
        hands.follow(".actions--sticky button");
        assertThat(page).hasURL(Pattern.compile(".*/ideas/new/check"));
        hands.follow("form[action='/ideas/new/submission'] button");
        assertThat(page).hasURL(Pattern.compile(".*/ideas/\\d+\\?said=thanks"));
        assertThat(page.locator("main .notice[role=status]").first()).isFocused();
        assertThat(town.ask("select count(*) from ideas i join persons p on p.id = i.author_id where i.title = 'Ein"
                        + " Barfußweg hinter der Schule' and p.demo_key = '" + Town.resident(4) + "'"))
                .isEqualTo("1");
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
        var hands = new Keyboard(page);
        page.navigate("/moderation");
        hands.follow("a[href*='idea=" + number + "']");
        assertThat(page.locator("h1")).hasText("Boule neben dem Spielplatz");
        hands.follow("form[action='/moderation/ideas/" + number + "/publication'] button");
        assertThat(page.locator(".undo").first()).isVisible();
        assertThat(town.ask("select state from ideas where number = " + number)).isEqualTo("published");
        page.context().close();
    }

    @Test
    void a_chair_writes_a_resolution() {
        var page = open(1440, 900, Town.chair("ost"));
        var hands = new Keyboard(page);
        var number = town.ask("select min(number) from ideas where body_key = 'sbb-ost' and state = 'published' and not"
                + " exists (select from statement_files f where f.idea_number = ideas.number)"
                + " and (cost_cents is null or cost_cents > 100000)");
        page.navigate("/council/sbb-ost/" + LocalDate.now().getYear() + "/ideas/" + number + "/resolution");
        hands.choose("input[name=kind]", "not-granted");
        hands.type("#yes", "2");
        hands.type("#no", "8");
        hands.type("#abstentions", "1");
        hands.press("#statement", "Space");
        hands.type("#reason", "Das gibt es zwei Straßen weiter schon.");
        hands.follow("main form .actions button");
        assertThat(page.locator("main .notice[role=status]").first()).isFocused();
        page.context().close();
    }

    @Test
    void somebody_signs_in_with_the_code_of_the_mail() {
        var page = open(390, 844, "");
        var hands = new Keyboard(page);
        page.navigate("/sign-in");
        hands.type("#email", "tasten@stadt.example");
        hands.follow("#email");
        var body = town.ask("select body from mails where recipient = 'tasten@stadt.example'");
        var code = Pattern.compile("(?<!\\d)\\d{3} ?\\d{3}(?!\\d)").matcher(body);
        assertThat(code.find()).isTrue();
        hands.stopAt("#code");
        // As the clipboard or the browser's own filling in do: at once, and with the blank of the mail.
        page.keyboard().insertText(code.group());
        hands.follow("#code");
        assertThat(page.locator(".nav a[href='/me']")).hasCount(1);
        page.context().close();
    }

    @Test
    void the_map_is_walked_marker_by_marker_and_its_list_says_the_same() {
        var page = open(1440, 900, "");
        var hands = new Keyboard(page);
        page.navigate("/ideas");
        page.waitForSelector(".map__pin, .map__cluster");
        hands.press(".map__pin", "Enter");
        var chosen = page.locator(".map__said a").first();
        assertThat(chosen).isFocused();
        var target = chosen.getAttribute("href");
        page.keyboard().press("Escape");
        assertThat(page.locator(".map__pin:focus")).hasCount(1);
        assertThat(page.locator(".map__said a")).hasCount(0);
        // Who does not want the map reaches the same idea through search and list.
        var title = browser().page(target).select("h1").text();
        page.navigate("/ideas?q=" + title.replace(" ", "+"));
        hands.follow("#results a[href='" + target + "'], .card a[href='" + target + "']");
        assertThat(page.locator("h1")).hasText(title);
        page.context().close();
    }

    private Page open(int width, int height, String person) {
        return chromium.open(width, height, ColorScheme.LIGHT, true, person);
    }

    private String coordinatorOf(long number) {
        return town.ask("select p.demo_key from ideas i join area_quarters aq on aq.quarter_key = i.quarter_key join"
            + " roles r on r.name = 'coordinator' and r.scope = aq.area_key join persons p on p.id = r.person_id where"
            + " i.number = " + number + " and p.demo_key is not null order by r.id limit 1");
    }
}
