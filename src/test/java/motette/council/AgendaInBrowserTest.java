package motette.council;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static motette.Chromium.push;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import motette.Browser;
import motette.Chromium;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever chairs puts the agenda in order by hand. */
@MicronautTest(transactional = false)
class AgendaInBrowserTest extends PortalTest {

    @Inject
    Clock clock;

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
    void an_item_is_dragged_to_its_place_and_stays_there() {
        var path = agenda();
        var desk = chromium.open(1280, 900, ColorScheme.LIGHT, true, Town.chair("nordwest"));
        desk.navigate(path);
        assertThat(desk.locator(".agenda__handle")).hasCount(3);
        desk.locator(".agenda__handle").last().hover();
        var handle = desk.locator(".agenda__handle").last().boundingBox();
        var first = desk.locator(".agenda > li").first().boundingBox();
        desk.mouse().down();
        desk.mouse().move(handle.x + 8, first.y + 4, new Mouse.MoveOptions().setSteps(12));
        desk.mouse().up();
        assertThat(desk.locator(".agenda strong").first()).hasText("Drittens");
        assertThat(desk.locator(".agenda + [role=status]")).hasText("Die Reihenfolge ist gespeichert.");
        assertThat(desk.locator(".agenda > li").first().locator("button[value=up]"))
                .hasCount(0);
        desk.reload();
        assertThat(desk.locator(".agenda strong").allInnerTexts()).containsExactly("Drittens", "Erstens", "Zweitens");
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void without_script_there_are_buttons_and_no_handles() {
        var path = agenda();
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, false, Town.chair("nordwest"));
        phone.navigate(path);
        assertThat(phone.locator(".agenda__handle")).hasCount(0);
        fits(phone);
        push(phone.locator(".agenda button[value=up]").last());
        assertThat(phone.locator(".agenda strong").allInnerTexts()).containsExactly("Erstens", "Drittens", "Zweitens");
    }

    /** Of a session to come, with three items. */
    private String agenda() {
        var chair = browser().signIn(Town.chair("nordwest"));
        var plan = "/council/sbb-nordwest/sessions";
        for (var day = LocalDate.now(clock).plusDays(120); ; day = day.plusDays(1)) {
            if (post(chair, plan, Map.of("days", day.toString(), "time", "18:00", "venue", "Saal")) == 303) {
                var path = plan + "/"
                        + town.ask("select session_id from council_days where body_key = 'sbb-nordwest' and day = '"
                                + day + "'");
                for (var title : new String[] {"Erstens", "Zweitens", "Drittens"}) {
                    assertThat(post(chair, path + "/agenda", Map.of("title", title)))
                            .isEqualTo(303);
                }
                return path;
            }
        }
    }

    private static int post(Browser chair, String path, Map<String, String> fields) {
        var form = new java.util.HashMap<>(fields);
        form.put("csrf", chair.token());
        return chair.post(path, form).statusCode();
    }
}
