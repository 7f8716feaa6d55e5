package motette.moderation;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Instant;
import motette.Chromium;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One hand holds the tablet, the other decides. */
@MicronautTest(transactional = false)
class DeskOnTabletTest extends PortalTest {

    @Inject
    Waiting waiting;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_idea_goes_back_with_a_reason_in_two_taps_and_the_deed_can_be_undone(boolean script) {
        long number = waiting.idea(Town.resident(), "63", "Bänke am Weg", Instant.now());
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(820, 1180, ColorScheme.LIGHT, script, Town.coordinator("west"));
            page.navigate("/moderation?idea=" + number);
            page.locator(".decision-bar > details > summary").first().click();
            page.locator(".decision-bar [open] button[value=unclear]").click();
            assertThat(page.locator(".undo")).containsText("Bänke am Weg");
            assertThat(state(number)).isEqualTo("returned");
            page.locator(".undo button").click();
            assertThat(page.locator(".undo")).isHidden();
            assertThat(state(number)).isEqualTo("handed-in");
            waiting.change(
                    "insert into idea_events (idea_number, kind, at) values (" + number + ", 'withdrawn', now())");
            assertThat(chromium.complaints()).isEmpty();
        }
    }

    @Test
    void every_target_of_a_decision_is_large_upright_and_lying() {
        long number = waiting.idea(Town.resident(), "63", "Bänke am Ufer", Instant.now());
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(820, 1180, ColorScheme.LIGHT, true, Town.coordinator("west"));
            page.navigate("/moderation?idea=" + number);
            page.locator(".decision-bar > details > summary").last().click();
            for (var size : new int[][] {{820, 1180}, {1180, 820}}) {
                page.setViewportSize(size[0], size[1]);
                for (Locator target : page.locator(
                                ".decision-bar .button:visible, .decision-bar [open] .choice, .queue a")
                        .all()) {
                    assertThat(target.boundingBox().height)
                            .as(target.innerText())
                            .isGreaterThanOrEqualTo(60);
                    assertThat(target.boundingBox().width)
                            .as(target.innerText())
                            .isGreaterThanOrEqualTo(100);
                }
            }
            waiting.change(
                    "insert into idea_events (idea_number, kind, at) values (" + number + ", 'withdrawn', now())");
        }
    }

    private String state(long number) {
        return waiting.ask("select state from ideas where number = " + number);
    }
}
