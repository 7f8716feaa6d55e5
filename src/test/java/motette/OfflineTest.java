package motette;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import motette.town.Town;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In a real browser with the network cut: pages are read, ideas are written, and what was written arrives once. */
@MicronautTest(transactional = false)
class OfflineTest extends PortalTest {

    private static final String TEXT = "Im Sommer ist es hier sehr heiß. Schatten hilft Kindern und älteren Menschen.";

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

    // Pages

    @Test
    void the_home_page_opens_without_net_and_says_from_when_it_is() {
        var page = ready("");
        cut(page);
        page.reload();
        assertThat(page.locator("[data-kept]")).isVisible();
        assertThat(page.locator("[data-kept]")).containsText(Pattern.compile("Stand von \\d+\\.\\d+\\.\\d+"));
        assertThat(page.locator("h1")).isVisible();
        assertThat(String.valueOf(
                        page.evaluate("getComputedStyle(document.querySelector('.masthead__inner')).display")))
                .isEqualTo("flex");
        page.context().setOffline(false);
        page.locator("[data-reload]").click();
        assertThat(page.locator("[data-kept]")).isHidden();
        page.context().close();
    }

    @Test
    void a_page_read_before_opens_again_and_one_never_read_leads_to_what_can_be_done() {
        var page = ready("");
        page.navigate("/districts/ost");
        until(page, "await caches.match(location.origin + '/districts/ost?lang=de')");
        cut(page);
        page.navigate("/districts/ost");
        assertThat(page.locator("[data-kept]")).isVisible();
        page.navigate("/districts/west");
        assertThat(page.locator("h1")).hasText("Ohne Netz");
        assertThat(page.locator("[data-no-net]")).isVisible();
        assertThat(page.locator("[data-pages] a[href='/districts/ost']")).isVisible();
        assertThat(page.locator("main [lang=en]").first()).containsText("No internet");
        page.locator("main a[href='/ideas/offline']").click();
        assertThat(page.locator("#offline-idea")).isVisible();
        page.context().close();
    }

    @Test
    void nothing_of_a_person_is_among_the_pages_kept() {
        var page = ready(Town.resident());
        var csrf = page.locator("input[name=csrf]").first().getAttribute("value");
        for (var path : List.of("/me", "/ideas/new/place", "/me/data", "/ideas/1", "/watches", "/ideas", "/sign-in")) {
            page.navigate(path);
        }
        page.navigate("/ideas/2");
        until(page, "await caches.match(location.origin + '/ideas/2?lang=de')");
        @SuppressWarnings("unchecked")
        var kept = (Map<String, String>) page.evaluate("""
            async () => {
              const all = {};
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                  const answer = await cache.match(request);
                  if (/html/.test(answer.headers.get('Content-Type'))) all[new URL(request.url).pathname] = await answer.text();
                }
              }
              return all;
            }\
            """);
        assertThat(kept).containsKeys("/", "/ideas", "/offline", "/ideas/offline", "/ideas/2");
        assertThat(kept.keySet()).noneMatch(path -> path.matches("/(me|ideas/new|sign-in|watches|moderation).*"));
        assertThat(csrf).hasSize(64);
        assertThat(kept.values()).noneMatch(html -> html.contains(csrf) || html.contains("href=\"/me\""));
        page.context().close();
    }

    @Test
    void a_new_version_of_the_assets_takes_the_place_of_the_old() {
        var page = chromium.keeping("");
        page.navigate("/assets/test/site/icon.svg");
        page.evaluate("""
            async () => {
              for (const name of ['motette-files-old', 'motette-core-old', 'motette-read-old', 'of somebody else'])
                await (await caches.open(name)).put('/x', new Response('old'));
            }\
            """);
        page.navigate("/");
        until(page, "navigator.serviceWorker.controller");
        until(page, "!(await caches.keys()).some(name => name.endsWith('-old'))");
        assertThat((List<?>) page.evaluate("caches.keys()"))
                .asString()
                .contains("motette-files-test", "motette-core-test", "of somebody else");
        page.context().close();
    }

    // Ideas

    @Test
    void an_idea_begun_with_net_and_finished_without_arrives_once_with_its_photo() {
        var title = "Schatten am Spielplatz, im Funkloch geschrieben";
        var page = ready("");
        page.navigate("/ideas/new/place");
        page.locator("#quarter").selectOption("Volkmarsdorf");
        page.locator(".actions--sticky button").click();
        page.locator("#title").fill(title);
        page.locator("input[name=category][value=sitzen_rasten]").check();
        page.locator(".actions--sticky button").click();
        page.navigate("/ideas/new/text");
        page.locator("#description").fill(TEXT);
        cut(page);
        assertThat(page.locator("[data-offer]")).isVisible();
        page.locator("input[name=kind][value=proposal]").check();
        page.locator(".actions button[value=next]").click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas/offline#.+"));
        assertThat(page.locator("#title")).hasValue(title);
        assertThat(page.locator("#description")).hasValue(TEXT);
        page.locator("#photo").setInputFiles(new FilePayload("platz.jpg", "image/jpeg", picture()));
        page.locator("[data-photos] input").fill("Ein Sandkasten in der Sonne");
        page.locator("[data-submit]").click();
        assertThat(page.locator("[data-problems] a")).hasCount(1);
        page.locator("input[name=groups][value=alle]").check();
        page.locator("[data-submit]").click();
        listed(page);
        assertThat(page.locator(".kept-idea h3")).hasText(title);
        assertThat(page.locator(".kept-idea[data-state=waiting]")).containsText("wird bei Netz gesendet");
        assertThat(ideas(title)).isZero();

        page.context().setOffline(false);
        assertThat(page.locator(".kept-idea[data-state=sent]")).containsText("Ihr Code");
        assertThat(page.locator(".kept-ideas [data-said]")).containsText("Gesendet");
        assertThat(ideas(title)).isEqualTo(1);
        assertThat(town.ask("select count(*) from photos p join ideas i on i.number = p.idea_number where i.title = '"
                        + title + "' and p.alt = 'Ein Sandkasten in der Sonne'"))
                .isEqualTo("1");
        page.navigate("/ideas/new/place");
        assertThat(page.locator("form[action='/ideas/new/discard']")).hasCount(0);
        page.context().close();
    }

    @Test
    void two_tabs_that_send_at_once_hand_in_one_idea() {
        var title = "Aus zwei Fenstern zugleich";
        var page = chromium.keeping(Town.resident(2));
        page.context().addInitScript("Object.defineProperty(navigator, 'locks', { value: undefined })");
        readied(page);
        openForm(page);
        cut(page);
        write(page, title);
        var other = page.context().newPage();
        other.navigate("/offline");
        assertThat(other.locator(".kept-idea[data-state=waiting]")).isVisible();
        page.context().setOffline(false);
        assertThat(page.locator(".kept-idea[data-state=sent]")).isVisible();
        assertThat(other.locator(".kept-idea[data-state=sent]")).isVisible();
        page.evaluate("Promise.all([1, 2, 3].map(() => keptIdeas.send()))");
        assertThat(ideas(title)).isEqualTo(1);
        assertThat(town.ask("select p.demo_key from persons p join ideas i on i.author_id = p.id where i.title = '"
                        + title + "'"))
                .isEqualTo(Town.resident(2));
        page.context().close();
    }

    @Test
    void an_answer_that_was_lost_is_asked_for_again_and_nothing_is_handed_in_twice() {
        var title = "Die Antwort ging verloren";
        var page = ready("");
        openForm(page);
        cut(page);
        write(page, title);
        page.context().setOffline(false);
        assertThat(page.locator(".kept-idea[data-state=sent]")).isVisible();
        var key = page.evaluate("keptIdeas.all().then(([idea]) => idea.key)");
        page.evaluate("""
            async ([key, title]) => keptIdeas.keep({ state: 'waiting', key, owner: '', photos: [], fields: { title, description: title.repeat(3),
              kind: 'proposal', category: 'sitzen_rasten', groups: 'alle', lon: '12.3727', lat: '51.3402' } }).then(() => keptIdeas.send())\
            """, List.of(key, title));
        assertThat(page.locator(".kept-idea[data-state=sent]")).hasCount(2);
        assertThat(ideas(title)).isEqualTo(1);
        page.context().close();
    }

    @Test
    void whoever_signs_out_is_warned_and_then_nothing_kept_can_be_read_any_more() {
        var title = "Nur für mich";
        var page = ready(Town.resident(3));
        openForm(page);
        page.locator("#title").fill(title);
        keep(page);
        assertThat(page.locator(".kept-idea h3")).hasText(title);
        var sealed = page.evaluate("""
            () => new Promise(resolve => indexedDB.open('kept-ideas').onsuccess = ({ target: { result } }) =>
              result.transaction('ideas').objectStore('ideas').getAll().onsuccess = ({ target: { result: [idea] } }) =>
                resolve({ id: idea.id, state: idea.state, iv: [...idea.head.iv], bytes: [...new Uint8Array(idea.head.bytes)] }))\
            """);
        assertThat(String.valueOf(page.evaluate("sealed => String.fromCharCode(...sealed.bytes)", sealed)))
                .doesNotContain(title);
        assertThat(page.evaluate("""
            () => new Promise(resolve => indexedDB.open('kept-ideas').onsuccess = ({ target: { result } }) =>
              result.transaction('keys').objectStore('keys').get('device').onsuccess = ({ target: { result: key } }) => resolve(key.extractable))\
            """)).isEqualTo(false);

        page.navigate("/me");
        page.locator("form[action='/sign-out'] button").click();
        assertThat(page.locator("[role=alert]")).containsText("Beim Abmelden wird es gelöscht");
        page.locator("[role=alert] button").click();
        assertThat(page.locator(".nav a[href^='/sign-in']")).isVisible();
        page.navigate("/offline");
        assertThat(page.locator("[data-forget]")).isVisible();
        assertThat(page.locator(".kept-idea")).hasCount(0);
        page.evaluate("""
            async sealed => {
              await keptIdeas.keep({ state: 'here', owner: '', photos: [], fields: { title: 'Von der Nächsten' } });
              await new Promise(resolve => indexedDB.open('kept-ideas').onsuccess = ({ target: { result } }) => {
                const put = result.transaction('ideas', 'readwrite').objectStore('ideas').put({ id: sealed.id, state: sealed.state, photos: [],
                  changedAt: 1, tries: 0, next: 0, head: { iv: new Uint8Array(sealed.iv), bytes: new Uint8Array(sealed.bytes).buffer } });
                put.onsuccess = resolve;
              });
            }\
            """, sealed);
        assertThat(String.valueOf(
                        page.evaluate("keptIdeas.all().then(all => all.map(idea => idea.fields.title).join())")))
                .isEqualTo("Von der Nächsten");
        page.context().close();
    }

    @Test
    void the_next_person_at_a_device_neither_sees_nor_sends_what_another_began() {
        var title = "Von jemandem, der nicht abgemeldet hat";
        var page = ready(Town.resident(5));
        openForm(page);
        cut(page);
        write(page, title);
        page.context().clearCookies();
        page.context().setOffline(false);
        page.navigate("/offline");
        assertThat(page.locator(".kept-idea")).containsText("Noch ohne Titel");
        assertThat(page.locator(".kept-idea")).containsText("Melden Sie sich an");
        assertThat(page.locator("main")).not().containsText(title);

        page.navigate("/sign-in");
        page.locator("form:has(input[value='" + Town.resident(6) + "']) button").click();
        page.navigate("/offline");
        assertThat(page.locator("[data-forget]")).isVisible();
        page.evaluate("keptIdeas.send()");
        assertThat(page.locator(".kept-idea")).hasCount(0);
        assertThat(ideas(title)).isZero();
        page.context().close();
    }

    @Test
    void begun_as_a_guest_it_goes_out_under_an_account_only_when_asked_to() {
        var title = "Erst ohne Konto, dann mit";
        var page = ready("");
        openForm(page);
        cut(page);
        write(page, title);
        page.navigate("about:blank");
        // Signed in before the net is back: otherwise the worker may send it as a guest's first, as it should.
        page.context()
                .request()
                .post(
                        server.getURI().resolve("/sign-in/demo").toString(),
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setForm(com.microsoft.playwright.options.FormData.create()
                                        .set("person", Town.resident(7)))
                                .setMaxRedirects(0));
        page.context().setOffline(false);
        page.navigate("/offline");
        until(page, "globalThis.keptIdeas");
        page.evaluate("keptIdeas.send()");
        assertThat(page.locator(".kept-idea[data-state=needs-you]")).containsText("unter Ihrem Konto");
        page.locator(".kept-idea [data-deeds] button:has-text('Unter meinem Konto')")
                .click();
        assertThat(page.locator(".kept-idea[data-state=sent]")).isVisible();
        assertThat(town.ask("select p.demo_key from persons p join ideas i on i.author_id = p.id where i.title = '"
                        + title + "'"))
                .isEqualTo(Town.resident(7));
        assertThat(ideas(title)).isEqualTo(1);
        page.context().close();
    }

    @Test
    void what_the_server_refuses_needs_the_person_and_says_why() {
        var page = ready("");
        page.navigate("/offline");
        until(page, "globalThis.keptIdeas");
        page.evaluate("""
            () => keptIdeas.keep({ state: 'waiting', owner: '', photos: [{ blob: new Blob(['no picture']), alt: '' }], fields: {
              title: 'Mit einem Foto, das keines ist', description: 'Damit sich alle unterwegs ausruhen können.', kind: 'proposal',
              category: 'sitzen_rasten', groups: 'alle', lon: '12.3727', lat: '51.3402' } }).then(() => keptIdeas.send())\
            """);
        assertThat(page.locator(".kept-idea[data-state=needs-you]")).containsText(Pattern.compile("Bild|Foto"));
        assertThat(page.locator(".kept-idea [data-deeds] a").first()).hasText("Weiterschreiben");
        assertThat(page.locator(".kept-ideas [data-said]")).containsText("Braucht Sie");
        page.context().close();
    }

    @Test
    void an_idea_half_written_is_looked_at_with_net_in_the_steps_of_proposing() {
        var page = ready("");
        openForm(page);
        page.locator("#title").fill("Halb geschrieben, ganz angesehen");
        keep(page);
        page.locator(".kept-idea button:has-text('Mit Netz ansehen')").click();
        assertThat(page).hasURL(Pattern.compile(".*/ideas/new/place"));
        assertThat(page.locator(".notice[data-kind=info]").first()).containsText("Halb geschrieben, ganz angesehen");
        page.navigate("/offline");
        assertThat(page.locator(".kept-idea")).hasCount(0);
        page.context().close();
    }

    @Test
    void a_device_without_room_says_so_and_the_words_stay_on_the_page() {
        var page = chromium.keeping("");
        page.context().addInitScript("navigator.storage.estimate = async () => ({ quota: 1_000_000, usage: 999_000 })");
        openForm(page);
        page.locator("#title").fill("Kein Platz mehr");
        assertThat(page.locator("[data-status]")).containsText("kein Platz mehr: Es fehlen etwa 1");
        assertThat(page.locator("#title")).hasValue("Kein Platz mehr");
        page.context().close();

        var other = chromium.keeping("");
        other.context().addInitScript("""
            IDBObjectStore.prototype.put = function () { throw new DOMException('', 'QuotaExceededError'); }\
            """);
        openForm(other);
        other.locator("#title").fill("Beim Schreiben kein Platz");
        assertThat(other.locator("[data-status]")).not().isEmpty();
        assertThat(other.locator("[data-status]")).not().containsText("gespeichert");
        other.context().close();
    }

    @Test
    void forgetting_on_the_device_takes_away_ideas_and_pages_read() {
        var page = ready("");
        page.navigate("/districts/ost");
        until(page, "await caches.match(location.origin + '/districts/ost?lang=de')");
        openForm(page);
        page.locator("#title").fill("Zum Vergessen");
        keep(page);
        assertThat(page.locator(".kept-idea")).hasCount(1);
        page.locator("[data-forget]").click();
        page.locator("[data-forget]").click();
        assertThat(page.locator("[data-forgotten]")).isVisible();
        assertThat(page.locator(".kept-idea")).hasCount(0);
        assertThat(page.locator("[data-pages] a[href='/districts/ost']")).hasCount(0);
        page.context().close();
    }

    @Test
    void without_script_without_worker_and_without_storage_proposing_is_as_before() {
        var bare = chromium.open(390, 844, ColorScheme.LIGHT, false, "");
        bare.navigate("/ideas/offline");
        assertThat(bare.locator("#offline-idea")).isHidden();
        bare.locator("main a[href='/ideas/new']").click();
        assertThat(bare.locator("#quarter")).isVisible();
        bare.context().close();
        var old = chromium.open(390, 844, ColorScheme.LIGHT, true, "");
        old.addInitScript(
                "delete Navigator.prototype.serviceWorker; Object.defineProperty(window, 'indexedDB', { value:"
                        + " undefined })");
        old.navigate("/ideas/new/place");
        old.locator("#quarter").selectOption("Volkmarsdorf");
        old.locator(".actions--sticky button").click();
        assertThat(old.locator("#title")).isVisible();
        old.navigate("/ideas/offline");
        assertThat(old.locator("[data-status]")).containsText("lassen Sie die Seite offen");
        old.context().close();
        assertThat(chromium.complaints())
                .filteredOn(complaint -> !complaint.contains("ERR_INTERNET_DISCONNECTED"))
                .isEmpty();
    }

    private Page ready(String person) {
        return readied(chromium.keeping(person));
    }

    /** Until the worker has what it needs without net. */
    private static Page readied(Page page) {
        page.navigate("/");
        until(page, "navigator.serviceWorker.controller");
        until(page, "await caches.match(location.origin + '/ideas/offline?lang=de')");
        return page;
    }

    private static void until(Page page, String what) {
        page.evaluate("""
            async () => {
              for (let tries = 0; tries < 100; tries++) {
                if (%s) return;
                await new Promise(resolve => setTimeout(resolve, 100));
              }
              throw new Error('waited in vain');
            }\
            """.formatted(what));
    }

    private static void cut(Page page) {
        page.context().setOffline(true);
    }

    /** Where ideas are written without net, as soon as its script is there. */
    private static void openForm(Page page) {
        page.navigate("/ideas/offline");
        assertThat(page.locator("#offline-idea")).hasAttribute("data-ready", "true");
    }

    /** Keeps what is written for later, and waits for the page that lists it: the form lists it, too, just before it is left. */
    private static void keep(Page page) {
        page.locator("[data-keep]").click();
        listed(page);
    }

    private static void listed(Page page) {
        page.waitForURL(url -> URI.create(url).getPath().equals("/offline"));
    }

    private void write(Page page, String title) {
        page.locator("#title").fill(title);
        page.locator("#description").fill(TEXT);
        page.locator("#quarter").selectOption("Volkmarsdorf");
        page.locator("input[name=category][value=sitzen_rasten]").check();
        page.locator("input[name=kind][value=proposal]").check();
        page.locator("input[name=groups][value=alle]").check();
        page.locator("[data-submit]").click();
        listed(page);
        assertThat(page.locator(".kept-idea[data-state=waiting]")).isVisible();
    }

    private long ideas(String title) {
        return Long.parseLong(town.ask("select count(*) from ideas where title = '" + title + "'"));
    }

    private static byte[] picture() {
        try {
            var bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(1600, 1200, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
