package motette.signin.oidc;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import motette.Chromium;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The way to a provider and back in a real browser, which keeps to cookies, redirects and our security policy. */
@MicronautTest(transactional = false)
class OidcInBrowserTest extends OidcPortal {

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
    void somebody_signs_in_for_the_first_time_and_again_without_javascript() {
        provider.said.put("chromium-1", Map.of("acr", "STORK-QAA-Level-3"));
        var page = phone(false);
        begin(page, "BundID");
        signInThere(page, "chromium-1");
        agree(page);
        assertThat(page).hasURL(Pattern.compile(".*/ideas$"));
        page.navigate("/me/identities");
        assertThat(page.locator("main")).containsText("substanziell");
        page.navigate("/me");
        page.getByRole(AriaRole.BUTTON, named("Abmelden")).click();
        assertThat(page.locator("h1")).hasText("Hier sind Sie abgemeldet");
        begin(page, "BundID");
        agree(page);
        assertThat(page).hasURL(Pattern.compile(".*/ideas$"));
        assertThat(waiting.ask("select count(*) from sign_ins where person_id = " + personOf("land", "chromium-1")))
                .isEqualTo("2");
        clean();
    }

    @Test
    void consent_that_is_denied_ends_with_a_sentence_and_a_way_out() {
        var page = phone(true);
        begin(page, "BundID");
        signInThere(page, "chromium-2");
        page.locator("#cancel-consent").click();
        assertThat(page.locator("h1")).hasText("Sie sind nicht angemeldet");
        assertThat(personOf("land", "chromium-2")).isEmpty();
        page.getByRole(AriaRole.LINK, named("Anders anmelden")).click();
        assertThat(page.locator("h1")).hasText("Anmelden");
        clean();
    }

    @Test
    void an_account_is_linked_after_its_owner_signed_in_by_mail_without_javascript() {
        var address = Town.resident(9) + "@motette.example";
        provider.said.put("chromium-3", Map.of("email", address));
        var page = phone(false);
        begin(page, "Dienstkonto");
        signInThere(page, "chromium-3");
        assertThat(page.locator("h1")).hasText("Sie haben hier schon ein Konto");
        page.getByRole(AriaRole.BUTTON, named("Link an diese Adresse schicken")).click();
        var link = Pattern.compile("/sign-in/link/[A-Za-z0-9_-]+")
                .matcher(waiting.ask(
                        "select body from mails where recipient = '" + address + "' order by id desc limit 1"));
        assertThat(link.find()).isTrue();
        page.navigate(link.group());
        page.getByRole(AriaRole.BUTTON, named("Jetzt anmelden")).click();
        assertThat(page.locator("h1")).hasText("Konten verbinden?");
        page.getByRole(AriaRole.BUTTON, named("Jetzt verbinden")).click();
        assertThat(page.locator("main")).containsText("Ab jetzt können Sie sich auch so anmelden");
        assertThat(waiting.ask("select demo_key from persons where id = " + personOf("rathaus", "chromium-3")))
                .isEqualTo(Town.resident(9));
        clean();
    }

    @Test
    void a_callback_in_another_browser_is_over_and_a_silent_provider_is_told() {
        var page = phone(true);
        var seen = new AtomicReference<>("");
        page.onRequest(request -> {
            if (request.url().contains("/callback?")) {
                seen.set(request.url());
            }
        });
        begin(page, "Dienstkonto");
        signInThere(page, "chromium-4");
        assertThat(page).hasURL(Pattern.compile(".*/ideas$"));
        var other = phone(true);
        other.navigate(seen.get());
        assertThat(other.locator("h1")).hasText("Diese Anmeldung ist abgelaufen");
        begin(other, "Gerade nicht da");
        assertThat(other.locator("h1")).hasText("Die andere Stelle antwortet gerade nicht");
        other.getByRole(AriaRole.LINK, named("Anders anmelden")).click();
        assertThat(other).hasURL(Pattern.compile(".*/sign-in\\?next=%2Fideas$"));
    }

    @Test
    void a_mapping_gives_a_role_that_the_next_page_tells_of() {
        var admin = chromium.open(1440, 900, ColorScheme.LIGHT, true, Town.administrator());
        admin.navigate("/people/mappings");
        admin.getByLabel("Stelle", new Page.GetByLabelOptions().setExact(true)).selectOption("rathaus");
        admin.getByLabel("Angabe").fill("groups");
        admin.getByLabel("Wert", new Page.GetByLabelOptions().setExact(true)).fill("Ratsbüro");
        admin.getByLabel("Aufgabe").selectOption("officer");
        admin.getByLabel("Grund").last().fill("Verfügung 12/2026");
        admin.getByRole(AriaRole.BUTTON, named("Zuordnung speichern")).click();
        assertThat(admin.locator("main")).containsText("gilt ab der nächsten Anmeldung");

        provider.said.put("chromium-5", Map.of("groups", List.of("Ratsbüro")));
        var page = phone(true);
        begin(page, "Dienstkonto");
        signInThere(page, "chromium-5");
        assertThat(page.locator("h1")).hasText("Ihr zweiter Nachweis");
        page.getByRole(AriaRole.LINK, named("Später einrichten")).click();
        assertThat(page.locator("h1")).hasText("Ihre Aufgaben haben sich geändert");
        page.getByRole(AriaRole.LINK, named("Weiter")).click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas$"));
        clean();
    }

    private Page phone(boolean script) {
        return chromium.open(390, 844, ColorScheme.LIGHT, script, "");
    }

    private static void begin(Page page, String label) {
        page.navigate("/sign-in?next=/ideas");
        page.getByRole(AriaRole.LINK, named(label)).click();
    }

    private static void signInThere(Page page, String name) {
        page.locator("input[name=username]").fill(name);
        page.locator("input[name=password]").fill(OpenIdServer.PASSWORD);
        page.locator("form button[type=submit]").click();
    }

    private static void agree(Page page) {
        Locator scope = page.locator("input[type=checkbox][name=scope]");
        if (scope.count() > 0) {
            scope.first().check();
            page.locator("#submit-consent").click();
        }
    }

    /** Nothing to complain about but that the way leads over the provider. */
    private void clean() {
        assertThat(chromium.complaints().stream()
                        .filter(complaint -> !complaint.contains(provider.issuer()))
                        .filter(complaint -> !complaint.contains("status of 503")))
                .isEmpty();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
