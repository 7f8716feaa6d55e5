package motette.council;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import motette.Chromium;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The board in the room: the picture of a projector is about 1.5 m high and the last row sits eight metres away, so that
 * letters smaller than a fortieth of the height are not read there (about 3 cm, a three-hundredth of the distance).
 */
@MicronautTest(transactional = false)
class BoardOnProjectorTest extends PortalTest {

    private static final double FORTIETH = 1 / 40.0;

    @ParameterizedTest
    @CsvSource({"1920, 1080", "1280, 720"})
    void ideas_money_and_the_decision_are_large_enough_and_in_sight(int width, int height) {
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(width, height, ColorScheme.LIGHT, true, Town.chair("mitte"));
            page.navigate("/council/sbb-mitte/2026");
            for (var place : List.of(
                    ".money-bar__words",
                    ".board__table tbody tr:first-child th a",
                    ".board__table tbody tr:first-child .num",
                    ".board__fits")) {
                assertThat(letters(page, place)).as(place).isGreaterThanOrEqualTo(height * FORTIETH);
                assertThat(page.locator(place).first().boundingBox().y)
                        .as(place)
                        .isLessThan(height);
            }
            page.locator(".board__table .button").first().click();
            assertThat(page.locator(".money-bar").first().boundingBox().y).isLessThan(height / 2.0);
            for (var place : List.of(".money-bar__words", ".choice__text", ".vote-inputs .input", "#reason")) {
                assertThat(letters(page, place)).as(place).isGreaterThanOrEqualTo(height * FORTIETH);
            }
            assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .isEqualTo(0);
        }
    }

    private static double letters(Page page, String place) {
        return ((Number) page.locator(place).first().evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
                .doubleValue();
    }
}
