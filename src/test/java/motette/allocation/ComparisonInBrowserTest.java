package motette.allocation;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import motette.Chromium;
import motette.PortalTest;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What only a browser shows of a long comparison: what happens at once, how it fits, and what paper gets. */
@MicronautTest(transactional = false)
class ComparisonInBrowserTest extends PortalTest {

    @Inject
    TransactionOperations<Connection> transactions;

    @Inject
    Clock clock;

    private Chromium chromium;
    private String page;

    @BeforeAll
    void fill_the_district() {
        chromium = new Chromium(server.getURI());
        page = "/allocation/sbb-suedwest/" + LocalDate.now(clock).getYear();
        var southwest = new Neighbourhood(transactions, "sbb-suedwest");
        for (int i = 0; i < 18; i++) {
            long idea = southwest.idea(
                    "Verkehrsberuhigungsmaßnahmen und Sitzgelegenheiten mit Rückenlehne vor Hausnummer " + i,
                    900_000L + i * 37_000L);
            southwest.support(3 + i % 5, i % 4, idea);
        }
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    @Test
    void another_budget_is_reckoned_at_once_and_stands_in_the_address() {
        var shown = chromium.open(1440, 900, ColorScheme.LIGHT, true, Town.councillor("suedwest", 1));
        shown.navigate(page);
        shown.locator(".what-if > summary").click();
        shown.locator("#budget").fill("20000");
        shown.locator("#least").focus();
        assertThat(shown.locator(".compare__tried")).containsText("Budget 20.000");
        assertThat(shown.url()).endsWith(page + "?budget=20000");
        shown.locator(".fixes input[name=in]").first().check();
        assertThat(shown.locator(".compare__tried")).containsText("eine Idee festgelegt als dabei");
        shown.locator("#budget").fill("viel");
        shown.locator("#least").focus();
        assertThat(shown.locator("#budget-error")).isVisible();
        assertThat(shown.locator("#budget")).hasValue("viel");
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void nothing_scrolls_sideways_on_phone_tablet_or_projector() {
        var shown = chromium.open(320, 640, ColorScheme.LIGHT, false, Town.chair("suedwest"));
        for (var path : List.of(page, page + "?rules=shares&budget=30000", "/allocation/how")) {
            shown.navigate(path);
            for (int width : new int[] {320, 390, 640, 820, 1024, 1280, 1440}) {
                shown.setViewportSize(width, 900);
                assertThat(wider(shown)).as("%s at %d px", path, width).isZero();
            }
        }
    }

    @Test
    void paper_gets_every_reason_and_no_form() {
        var shown = chromium.open(794, 1123, ColorScheme.LIGHT, false, Town.chair("suedwest"));
        shown.navigate(page);
        shown.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        var reasons = shown.locator(".why__rules dd p");
        assertThat(reasons.count()).isGreaterThan(18);
        for (var reason : List.of(reasons.first(), reasons.last())) {
            assertThat(reason).isVisible();
        }
        assertThat(shown.locator(".what-if")).isHidden();
        assertThat(shown.locator(".proposal button").first()).isHidden();
    }

    private static int wider(Page shown) {
        return (int) shown.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }
}
