package motette.votes;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static motette.Chromium.fits;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.regex.Pattern;
import motette.Browser;
import motette.Chromium;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People who vote without a device of their own: a tablet that is handed round, and papers that two people type. */
@MicronautTest(transactional = false)
class OnSiteInBrowserTest extends OnSiteTest {

    private static final String SCREEN = "/votes/kiosk/screen";
    private static final String PAPER = "/votes/ort/paper";

    private Chromium chromium;

    OnSiteInBrowserTest() {
        super("ort");
    }

    @BeforeAll
    void start() {
        chromium = new Chromium(server.getURI());
    }

    @AfterAll
    void end() {
        chromium.close();
    }

    // The tablet

    @Test
    void a_tablet_is_unlocked_from_a_phone_shows_the_sum_takes_one_ballot_and_forgets_it_after_ninety_seconds() {
        var tablet = tablet(true);
        unlock(tablet, 1);
        tablet.clock().runFor(2500);
        assertThat(tablet.locator("h1")).hasText("Ihr Stimmzettel");
        assertThat(tablet.locator("[data-sum]")).isHidden();
        assertThat(tablet.locator(".ballot-sum")).containsText("Noch nichts angekreuzt");
        tablet.check("input[name=tick-1]");
        tablet.clock().runFor(300);
        assertThat(tablet.locator(".ballot-sum")).containsText("1 Idee");
        fits(tablet);
        tablet.click("form[action$=review] .button");
        assertThat(tablet.locator("h1")).hasText("Ist das richtig so?");
        assertThat(tablet.locator(".ballot-sum")).containsText("1 Idee");
        fits(tablet);
        tablet.click("[data-cast-now]");
        assertThat(tablet.locator("h1")).hasText("Ihre Stimme ist abgegeben");
        fits(tablet);
        var receipt = tablet.locator(".kiosk__receipt").textContent();
        tablet.clock().runFor(61_000);
        assertThat(tablet.locator("[data-still]")).isVisible();
        tablet.clock().runFor(30_000);
        assertThat(tablet.locator("h1")).hasText("Hier können Sie abstimmen");
        assertThat(waiting.ask("select count(*) from vote_kiosk_unlocks")).isEqualTo("0");
        for (int i = 0; i < 4; i++) {
            back(tablet);
            assertThat(tablet.content()).doesNotContain(receipt).doesNotContain("Ist das richtig so?");
            assertThat(tablet.locator("input:checked").count()).isZero();
        }
        assertThat(urnAndRoll()).isEqualTo("1 1");
        tablet.context().close();
    }

    @Test
    void a_ballot_that_nobody_finishes_is_forgotten_after_ninety_seconds() {
        var tablet = tablet(true);
        unlock(tablet, 1);
        tablet.clock().runFor(2500);
        tablet.check("input[name=tick-1]");
        tablet.clock().runFor(91_000);
        assertThat(tablet.locator("h1")).hasText("Hier können Sie abstimmen");
        assertThat(waiting.ask("select count(*) from vote_kiosk_unlocks")).isEqualTo("0");
        assertThat(urnAndRoll()).isEqualTo("0 0");
        tablet.context().close();
    }

    @Test
    void without_net_the_tablet_keeps_its_screen_and_says_nothing_is_cast_that_the_roll_has_not_taken() {
        var tablet = tablet(true);
        unlock(tablet, 1);
        tablet.clock().runFor(2500);
        tablet.check("input[name=tick-1]");
        tablet.context().setOffline(true);
        tablet.click("form[action$=review] .button");
        assertThat(tablet.locator("[data-offline]")).containsText("noch nicht abgegeben");
        assertThat(tablet.locator("input[name=tick-1]")).isChecked();
        tablet.context().setOffline(false);
        tablet.click("form[action$=review] .button");
        assertThat(tablet.locator("h1")).hasText("Ist das richtig so?");
        tablet.context().setOffline(true);
        tablet.click("[data-cast-now]");
        assertThat(tablet.locator("[data-offline]")).containsText("nicht sicher, ob Ihre Stimme angekommen ist");
        assertThat(urnAndRoll()).isEqualTo("0 0");
        tablet.clock().runFor(91_000);
        assertThat(tablet.locator("[data-away]")).isVisible();
        assertThat(tablet.locator("form")).hasCount(0);
        assertThat(tablet.content())
                .doesNotContain(rounds.candidates(round).getFirst().title());
        tablet.context().setOffline(false);
        tablet.clock().runFor(2500);
        assertThat(tablet.locator("h1")).hasText("Hier können Sie abstimmen");
        assertThat(urnAndRoll()).isEqualTo("0 0");
        tablet.context().close();
    }

    @Test
    void an_answer_that_is_lost_leaves_the_ballot_cast_once() {
        var tablet = tablet(true);
        unlock(tablet, 1);
        tablet.clock().runFor(2500);
        tablet.check("input[name=tick-1]");
        tablet.click("form[action$=review] .button");
        assertThat(tablet.locator("h1")).hasText("Ist das richtig so?");
        tablet.route("**" + SCREEN + "/ballot", route -> {
            route.fetch(new com.microsoft.playwright.Route.FetchOptions().setMaxRedirects(0));
            route.abort();
        });
        tablet.click("[data-cast-now]");
        assertThat(tablet.locator("[data-offline]")).containsText("nicht sicher");
        assertThat(urnAndRoll()).isEqualTo("1 1");
        tablet.unroute("**" + SCREEN + "/ballot");
        tablet.click("[data-cast-now]");
        assertThat(tablet.locator("h1")).hasText("Ihre Stimme ist abgegeben");
        assertThat(urnAndRoll()).isEqualTo("1 1");
        tablet.context().close();
    }

    @Test
    void the_tablet_works_without_script() {
        var tablet = tablet(false);
        unlock(tablet, 1);
        tablet.navigate(SCREEN);
        tablet.check("input[name=tick-1]");
        tablet.click("[data-sum]");
        assertThat(tablet.locator(".ballot-sum")).containsText("1 Idee");
        assertThat(tablet.locator("input[name=tick-1]")).isChecked();
        tablet.click("form[action$=review] .button:not([data-sum])");
        tablet.click("button[formaction$=choice]");
        assertThat(tablet.locator("input[name=tick-1]")).isChecked();
        tablet.click("form[action$=review] .button:not([data-sum])");
        tablet.click("[data-cast-now]");
        assertThat(tablet.locator("h1")).hasText("Ihre Stimme ist abgegeben");
        tablet.click("form[action$=end] button");
        assertThat(tablet.locator("h1")).hasText("Hier können Sie abstimmen");
        assertThat(urnAndRoll()).isEqualTo("1 1");
        tablet.context().close();
    }

    // Paper

    @Test
    void two_people_type_a_stack_on_tablets_a_difference_is_shown_and_settled_and_the_totals_agree() {
        var hands = new PaperHands("ort", waiting);
        var batch = hands.stack(new Browser(server.getURI()).signIn(Town.coordinator("ost")), TestRounds.OST);
        var sheets = hands.sheets(batch);
        var desk = chromium.open(820, 1180, ColorScheme.LIGHT, true, Town.coordinator("ost"));
        desk.navigate(PAPER);
        desk.click("main a[href$=hand-out]");
        for (int person = 1; person <= 2; person++) {
            fill(desk, person);
            desk.click(".card-form button.button--large");
            assertThat(desk.locator("h1")).hasText("Bitte jetzt das Blatt geben");
            fits(desk);
            desk.click("main a[href$=hand-out]");
        }
        type(desk, sheets.get(0), 1);
        assertThat(desk.locator("main .notice[role=status]")).containsText("zweiten Person");
        type(desk, sheets.get(1), 1, 2);

        var office = chromium.open(820, 1180, ColorScheme.DARK, true, Town.officer());
        type(office, sheets.get(0), 1);
        assertThat(office.locator("main .notice[role=status]")).containsText("angenommen");
        type(office, sheets.get(1), 1);
        assertThat(office.locator("main .notice[role=status]")).containsText("verschieden");
        office.navigate(PAPER);
        assertThat(office.locator(".matters")).containsText("noch einmal auf den Zettel sehen");
        fits(office);
        assertThat(waiting.ask("select count(*) from vote_urn")).isEqualTo("1");

        desk.navigate(PAPER + "/entry");
        desk.fill("#code", sheets.get(1));
        desk.click(".desk-code__go");
        assertThat(desk.locator("[data-differs=true]")).hasCount(1);
        assertThat(desk.locator("[data-differs=true]")).containsText("Erste Eingabe: angekreuzt");
        assertThat(desk.locator("[data-differs=true]")).containsText("Zweite Eingabe: nicht angekreuzt");
        fits(desk);
        desk.check("[name=tick-2]");
        desk.check("[name=outcome][value=valid]");
        desk.click("form[action$=mendings] button");
        assertThat(desk.locator("main .notice[role=status]")).containsText("angenommen");

        desk.navigate(PAPER);
        desk.fill("[name=box]", "2");
        desk.click(".batch__box button");
        assertThat(desk.locator(".batch .badge")).hasText("Alles stimmt überein");
        assertThat(desk.locator("section[aria-labelledby=open]")).containsText("Nichts ist offen");
        fits(desk);
        assertThat(urnAndRoll()).isEqualTo("2 2");
        desk.context().close();
        office.context().close();
    }

    // The hands

    /** A screen that became a tablet of the round; with script, its clock is turned by hand. */
    private Page tablet(boolean script) {
        var tablet = chromium.open(820, 1180, ColorScheme.LIGHT, script, Town.coordinator("ost"));
        if (script) {
            tablet.clock().install();
        }
        tablet.navigate("/votes/kiosk");
        tablet.click("form[action$=openings] button");
        assertThat(tablet.locator("h1")).hasText("Hier können Sie abstimmen");
        fits(tablet);
        return tablet;
    }

    private void unlock(Page tablet, int person) {
        var number = tablet.locator(".kiosk__number strong").textContent();
        var phone = chromium.open(390, 844, ColorScheme.LIGHT, false, Town.coordinator("ost"));
        phone.navigate("/votes/kiosk");
        phone.fill("#tablet", number);
        phone.click("form[action$=unlock] button");
        fill(phone, person);
        fits(phone);
        phone.press("#postcode", "Enter");
        assertThat(phone.locator(".notice[data-kind=success]")).containsText("Freigeschaltet");
        phone.context().close();
    }

    private static void fill(Page page, int person) {
        PaperHands.card(person).forEach((field, value) -> {
            if (field.equals("quarter")) {
                page.selectOption("#quarter", value);
            } else {
                page.fill("#" + field, value);
            }
        });
    }

    private static void type(Page page, String sheet, int... numbers) {
        page.navigate(PAPER + "/entry");
        page.fill("#code", sheet);
        page.click(".desk-code__go");
        assertThat(page).hasURL(Pattern.compile(".*/paper/sheet"));
        for (int number : numbers) {
            page.check("[name=tick-" + number + "]");
        }
        page.check("[name=outcome][value=valid]");
        fits(page);
        page.click("form[action$=entries] button");
    }

    private static void back(Page page) {
        try {
            page.goBack(new Page.GoBackOptions().setTimeout(5000));
        } catch (PlaywrightException nothingBefore) {
            // a form that the browser no longer has
        }
    }

    private String urnAndRoll() {
        return waiting.ask("select count(*) || ' ' || (select count(*) from vote_roll) from vote_urn");
    }
}
