package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
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
    void the_same_story_works_without_javascript() {
        play("Hochbeete hinter der Bibliothek", false);
        assertThat(chromium.complaints()).isEmpty();
    }

    private void play(String title, boolean script) {
        var number = propose(script ? chromium.phone("") : chromium.phoneWithoutScript(""), title, script);
        publish(script ? chromium.tablet(Town.coordinator("ost")) : chromium.phoneWithoutScript(Town.coordinator("ost")), number, title);
        support(script ? chromium.phone(Town.resident(13)) : chromium.phoneWithoutScript(Town.resident(13)), number, script);
        grant(script ? chromium.desk(Town.chair("ost")) : chromium.phoneWithoutScript(Town.chair("ost")), number, title);
        seeResult(script ? chromium.phone(Town.resident(3)) : chromium.phoneWithoutScript(Town.resident(3)), number, title);
    }

    private String propose(Page page, String title, boolean script) {
        page.navigate("/");
        page.locator(".nav a[href='/ideas/new']").click();
        shot(page, script, "propose-1-place");
        page.locator("#find").fill("Rabet");
        page.locator("button[value=find]").click();
        page.locator("input[name=spot]").first().check();
        page.locator(".actions--sticky button").click();
        page.locator("#title").fill(title);
        page.locator("input[name=category][value=trinkwasser_hitze]").check();
        shot(page, script, "propose-2-topic");
        page.locator(".actions--sticky button").click();
        if (page.url().endsWith("/similar")) {
            shot(page, script, "propose-2-similar");
            page.locator(".actions--sticky a[href='/ideas/new/text']").click();
        }
        page.locator("#description").fill("Im Sommer ist es hier sehr heiß. Wasser hilft Kindern und älteren Menschen.");
        page.locator("input[name=kind][value=proposal]").check();
        page.locator("#cost").fill("viel");
        page.locator("#photo").setInputFiles(new FilePayload("brunnen.jpg", "image/jpeg", picture()));
        page.locator("#alt").fill("Eine leere Wiese in der Sonne");
        page.locator("button[value=next]").click();
        assertThat(page.locator("#cost-error")).isVisible();
        assertThat(page.locator("#description")).hasValue(Pattern.compile("Im Sommer.*"));
        assertThat(page.locator(".gallery img")).hasCount(1);
        page.locator("#cost").fill("2.000");
        page.locator("button[value=next]").click();
        page.locator("input[name=groups][value=alle]").check();
        page.locator(".actions--sticky button").click();
        shot(page, script, "propose-4-check");
        page.locator(".actions--sticky a[href^='/sign-in']").click();
        page.locator("form:has(input[value='" + Town.resident(3) + "']) button").click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas/new/check"));
        page.reload();
        page.locator("form[action='/ideas/new/submission'] button").click();
        assertThat(page.locator("h1")).hasText(title);
        shot(page, script, "idea-handed-in");
        return page.url().replaceFirst(".*/ideas/(\\d+).*", "$1");
    }

    private void publish(Page page, String number, String title) {
        page.navigate("/moderation");
        page.locator("a[href*='idea=" + number + "']").first().click();
        assertThat(page.locator("h1")).hasText(title);
        shot(page, true, "desk");
        page.locator("form[action='/moderation/ideas/" + number + "/publication'] button").click();
        assertThat(page.locator(".undo").first()).isVisible();
    }

    private void support(Page page, String number, boolean script) {
        page.navigate("/ideas?q=Rabet Hochbeete");
        page.navigate("/ideas/" + number);
        page.locator(".support__button").click();
        assertThat(page.locator(".support__button")).hasAttribute("aria-pressed", "true");
        page.reload();
        assertThat(page.locator(".support__count")).containsText("Ein Mensch");
        shot(page, script, "idea-supported");
    }

    private void grant(Page page, String number, String title) {
        page.navigate("/council/sbb-ost");
        assertThat(page.locator("body")).containsText(title);
        shot(page, true, "board");
        page.locator("a[href*='/ideas/" + number + "/resolution']").click();
        page.locator("input[name=kind][value=granted]").check();
        page.locator("#amount").fill("2000");
        page.locator("#reason").fill("Wasser für alle an heißen Tagen ist dem Beirat wichtig.");
        page.locator("#yes").fill("8");
        page.locator("#no").fill("2");
        page.locator("#abstentions").fill("1");
        page.locator("#decided_on").fill(LocalDate.now().toString());
        page.locator("#statement").check();
        shot(page, true, "resolution");
        page.locator("main form button[type=submit], main form .actions button").last().click();
        assertThat(page.locator(".notice[data-kind=success]").first()).isVisible();
        shot(page, true, "board-decided");
    }

    private void seeResult(Page page, String number, String title) {
        page.navigate("/ideas/" + number);
        assertThat(page.locator(".badge").first()).containsText("Bewilligt");
        assertThat(page.locator(".timeline")).containsText("2.000");
        shot(page, true, "idea-granted");
        page.navigate("/districts/ost");
        assertThat(page.locator("main")).containsText(title);
        page.navigate("/");
        assertThat(page.locator("main")).containsText(title);
        page.navigate("/budgets");
        assertThat(page.locator("main")).containsText("Stadtbezirksbeirat Ost");
    }

    private static void shot(Page page, boolean wanted, String name) {
        if (wanted) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of("target/screenshots", name + "-" + page.viewportSize().width + ".png")));
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
