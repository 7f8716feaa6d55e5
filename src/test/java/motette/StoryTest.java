package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole story in a real browser: from a resident's idea to a council's decision and back to the resident. */
@MicronautTest(transactional = false)
class StoryTest extends PortalTest {

    private Chromium chromium;
    private boolean script;
    private boolean narrow;
    private String language = "de";

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @Test
    void an_idea_from_a_phone_is_published_supported_granted_and_the_resident_sees_what_became_of_it() {
        play("Trinkbrunnen am Rabet für heiße Tage", true);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void the_same_story_works_without_javascript_and_by_keyboard_alone() {
        play("Hochbeete hinter der Bibliothek", false);
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void the_same_story_fits_a_screen_of_320_px_and_is_read_from_right_to_left() {
        narrow = true;
        language = "ar";
        try {
            play("Schach im Park", true);
        } finally {
            narrow = false;
            language = "de";
        }
        assertThat(chromium.complaints()).isEmpty();
    }

    private void play(String title, boolean withScript) {
        script = withScript;
        var number = as("", 390, 844, page -> propose(page, title));
        as(Town.coordinator("ost"), 820, 1180, page -> publish(page, number, title));
        as(Town.resident(13), 390, 844, page -> support(page, number));
        as(Town.chair("ost"), 1440, 900, page -> grant(page, number, title));
        as(Town.resident(3), 390, 844, page -> seeResult(page, number, title));
    }

    /** One device after the other; what they hand on is the number of the idea. */
    private String as(String person, int width, int height, Function<Page, String> deeds) {
        var page = narrow
                ? chromium.open(320, 640, ColorScheme.LIGHT, script, person)
                : chromium.open(width, height, ColorScheme.LIGHT, script, person);
        if (!language.equals("de")) {
            page.navigate("/?lang=" + language);
        }
        var number = deeds.apply(page);
        assertThat(page.locator("html")).hasAttribute("lang", language);
        page.context().close();
        return number;
    }

    private String propose(Page page, String title) {
        page.navigate("/");
        push(page.locator(".nav a[href='/ideas/new']"));
        shot(page, "propose-1-place");
        page.locator("#find").fill("Rabet");
        push(page.locator("button[value=find]"));
        tick(page.locator("input[name=spot]").first());
        push(page.locator(".actions--sticky button"));
        page.locator("#title").fill(title);
        tick(page.locator("input[name=category][value=trinkwasser_hitze]"));
        shot(page, "propose-2-topic");
        push(page.locator(".actions--sticky button"));
        if (page.url().endsWith("/similar")) {
            shot(page, "propose-2-similar");
            push(page.locator(".actions--sticky a[href='/ideas/new/text']"));
        }
        page.locator("#description")
                .fill("Im Sommer ist es hier sehr heiß. Wasser hilft Kindern und älteren Menschen.");
        tick(page.locator("input[name=kind][value=proposal]"));
        page.locator("#cost").fill("viel");
        page.locator("#photo").setInputFiles(new FilePayload("brunnen.jpg", "image/jpeg", picture()));
        page.locator("#alt").fill("Eine leere Wiese in der Sonne");
        push(page.locator(".actions button[value=next]"));
        assertThat(page.locator("#cost-error")).isVisible();
        assertThat(page.locator("#description")).hasValue(Pattern.compile("Im Sommer.*"));
        assertThat(page.locator(".gallery img")).hasCount(1);
        page.locator("#cost").fill("2000");
        push(page.locator(".actions button[value=next]"));
        tick(page.locator("input[name=groups][value=alle]"));
        push(page.locator(".actions--sticky button"));
        shot(page, "propose-4-check");
        push(page.locator(".actions--sticky a[href^='/sign-in']"));
        page.locator("form:has(input[value='" + Town.resident(3) + "']) button").click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas/new/check"));
        page.reload();
        push(page.locator("form[action='/ideas/new/submission'] button"));
        assertThat(page.locator("h1")).hasText(title);
        shot(page, "idea-handed-in");
        return page.url().replaceFirst(".*/ideas/(\\d+).*", "$1");
    }

    private String publish(Page page, String number, String title) {
        page.navigate("/moderation");
        push(page.locator("a[href*='idea=" + number + "']").first());
        assertThat(page.locator("h1")).hasText(title);
        shot(page, "desk");
        push(page.locator("form[action='/moderation/ideas/" + number + "/publication'] button"));
        assertThat(page.locator(".undo").first()).isVisible();
        return number;
    }

    private String support(Page page, String number) {
        page.navigate("/ideas?q=Rabet Hochbeete");
        page.navigate("/ideas/" + number);
        push(page.locator(".support__button"));
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "true");
        page.reload();
        assertThat(page.locator(".support__count")).containsText(inGerman() ? "Ein Mensch" : "شخص واحد");
        shot(page, "idea-supported");
        return number;
    }

    private String grant(Page page, String number, String title) {
        page.navigate("/council/sbb-ost");
        assertThat(page.locator("body")).containsText(title);
        shot(page, "board");
        push(page.locator("a[href*='/ideas/" + number + "/resolution']"));
        tick(page.locator("input[name=kind][value=granted]"));
        page.locator("#amount").fill("2000");
        page.locator("#reason").fill("Wasser für alle an heißen Tagen ist dem Beirat wichtig.");
        page.locator("#yes").fill("8");
        page.locator("#no").fill("2");
        page.locator("#abstentions").fill("1");
        page.locator("#decided_on").fill(LocalDate.now().toString());
        tick(page.locator("#statement"));
        shot(page, "resolution");
        push(page.locator("main form button[type=submit], main form .actions button")
                .last());
        assertThat(page.locator(".notice[data-kind=success]").first()).isVisible();
        shot(page, "board-decided");
        return number;
    }

    private String seeResult(Page page, String number, String title) {
        page.navigate("/ideas/" + number);
        assertThat(page.locator(".badge").first()).containsText(inGerman() ? "Bewilligt" : "تمت الموافقة");
        assertThat(page.locator(".timeline")).containsText(inGerman() ? "2.000" : "2,000");
        shot(page, "idea-granted");
        page.navigate("/districts/ost");
        assertThat(page.locator("main")).containsText(title);
        page.navigate("/");
        assertThat(page.locator("main")).containsText(title);
        page.navigate("/budgets");
        assertThat(page.locator("main")).containsText("Stadtbezirksbeirat Ost");
        return number;
    }

    private boolean inGerman() {
        return language.equals("de");
    }

    /** With a finger or a mouse; without script by keyboard alone. */
    private void push(Locator button) {
        if (script) {
            try {
                button.click();
            } catch (TimeoutError undrawn) {
                button.press("Enter");
            }
        } else {
            button.press("Enter");
        }
    }

    private void tick(Locator choice) {
        if (script) {
            choice.check();
        } else {
            choice.press("Space");
        }
    }

    /** Pictures are for people to look at; where the browser cannot draw one, the story goes on. */
    private void shot(Page page, String name) {
        if (narrow) {
            Chromium.fits(page);
        }
        if (script) {
            try {
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target/screenshots", name + "-" + page.viewportSize().width + ".png")));
            } catch (PlaywrightException undrawn) {
                page.waitForTimeout(500);
            }
        }
    }

    private static byte[] picture() {
        var image = new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB);
        var canvas = image.createGraphics();
        canvas.setColor(new Color(0x88bb66));
        canvas.fillRect(0, 500, 1600, 700);
        canvas.setColor(new Color(0xbbddff));
        canvas.fillRect(0, 0, 1600, 500);
        canvas.dispose();
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "jpeg", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
