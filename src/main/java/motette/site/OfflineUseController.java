package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.json.JsonMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import motette.places.CityPack;
import motette.shared.Languages;
import motette.shared.Texts;
import motette.shared.View;

/** What makes the site one that can be put on a device and opened without net: manifest, worker and the page for such moments. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class OfflineUseController {

    private static final String PAPER = "#fbf8f1";

    private final String version;
    private final CityPack city;
    private final Texts texts;
    private final JsonMapper json;

    OfflineUseController(
            @Value("${motette.assets.version}") String version, CityPack city, Texts texts, JsonMapper json) {
        this.version = version;
        this.city = city;
        this.texts = texts;
        this.json = json;
    }

    @Get("/offline")
    View help(Locale locale) {
        return View.of("site/offline", OfflineHelp.in(texts, locale));
    }

    /**
     * Small, and other with every version of the assets: that is how a browser notices that there is a new one. It is asked for again
     * at each visit (Service Workers, 4.4: the script is fetched past the cache after a day at the latest).
     */
    @Get(value = "/service-worker.js", produces = "text/javascript;charset=utf-8")
    HttpResponse<String> worker() throws IOException {
        var assets = "/assets/" + version;
        var languages = Languages.ALL.stream().map(Languages::tag).toList();
        return HttpResponse.ok("""
            const VERSION = %s;
            const ASSETS = %s;
            const LANGUAGES = %s;
            const KEPT = new RegExp(%s);
            importScripts(`${ASSETS}/components/kept-ideas/store.js`, `${ASSETS}/site/worker.js`);
            """.formatted(
                        text(version), text(assets), text(languages), text(BrowserRules.FOR_EVERYBODY.pattern())))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    @Get(value = "/manifest.webmanifest", produces = "application/manifest+json")
    HttpResponse<String> manifest(Locale locale) throws IOException {
        return HttpResponse.ok(text(new WebManifest(
                        "/",
                        "Motette " + city.name(),
                        "Motette",
                        texts.get(locale, "offline.app"),
                        Languages.tag(locale),
                        Languages.direction(locale),
                        "/",
                        "/",
                        "standalone",
                        PAPER,
                        PAPER,
                        List.of("government", "social"),
                        icons(),
                        shortcuts(locale))))
                .header(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    private List<WebManifest.Icon> icons() {
        return List.of(
                new WebManifest.Icon("/icons/icon-192.png", "192x192", "image/png", "any"),
                new WebManifest.Icon("/icons/icon-512.png", "512x512", "image/png", "any"),
                new WebManifest.Icon("/icons/maskable-512.png", "512x512", "image/png", "maskable"),
                new WebManifest.Icon("/assets/" + version + "/site/icon.svg", "any", "image/svg+xml", "any"));
    }

    private List<WebManifest.Shortcut> shortcuts(Locale locale) {
        return Stream.of("propose /ideas/new", "ideas /ideas", "budgets /budgets")
                .map(shortcut -> shortcut.split(" ", 2))
                .map(shortcut -> new WebManifest.Shortcut(texts.get(locale, "nav." + shortcut[0]), shortcut[1]))
                .toList();
    }

    private String text(Object value) throws IOException {
        return json.writeValueAsString(value);
    }
}
