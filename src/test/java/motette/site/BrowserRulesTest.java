package motette.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpResponse;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import motette.Browser;
import motette.PortalTest;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.Test;

/** The rules stand on answers of every kind, also on those that went wrong before any page was asked. */
@MicronautTest(transactional = false)
class BrowserRulesTest extends PortalTest {

    @Inject
    Waiting waiting;

    @Test
    void every_kind_of_answer_tells_browsers_the_rules() {
        answers().forEach((what, answer) -> {
            var headers = answer.headers();
            assertThat(headers.allValues("Content-Security-Policy")).as(what).hasSize(1);
            assertThat(headers.firstValue("Content-Security-Policy")
                            .orElseThrow()
                            .split("; "))
                    .as(what)
                    .contains(
                            "default-src 'none'",
                            "script-src 'self'",
                            "style-src 'self'",
                            "object-src 'none'",
                            "base-uri 'none'",
                            "form-action 'self'",
                            "frame-ancestors 'none'")
                    .noneMatch(rule -> rule.contains("unsafe") || rule.contains("*") || rule.contains("http"));
            assertThat(headers.allValues("X-Content-Type-Options")).as(what).containsExactly("nosniff");
            assertThat(headers.allValues("Referrer-Policy")).as(what).containsExactly("same-origin");
            assertThat(headers.allValues("Cross-Origin-Opener-Policy")).as(what).containsExactly("same-origin");
            assertThat(headers.allValues("Cross-Origin-Resource-Policy"))
                    .as(what)
                    .containsExactly(what.contains("data for everybody") ? "cross-origin" : "same-origin");
            assertThat(headers.firstValue("Permissions-Policy").orElse(""))
                    .as(what)
                    .contains("geolocation=(self)", "camera=()", "microphone=()", "payment=()", "usb=()");
            assertThat(headers.firstValue("Cache-Control")).as(what).isPresent();
            assertThat(headers.allValues("Vary")).as(what).isNotEmpty();
            assertThat(headers.map())
                    .as(what)
                    .doesNotContainKeys("server", "x-powered-by", "strict-transport-security");
        });
    }

    @Test
    void the_kinds_are_what_they_say() {
        var answers = answers();
        assertThat(answers.entrySet())
                .allSatisfy(answer -> assertThat(answer.getValue().statusCode())
                        .as(answer.getKey())
                        .isEqualTo(Integer.parseInt(answer.getKey().substring(0, 3))));
    }

    @Test
    void what_is_personal_is_kept_nowhere_and_what_never_changes_for_ever() {
        var resident = browser().signIn(Town.resident());
        for (var path : new String[] {"/", "/me", "/ideas", "/ideas/1", "/nowhere", "/ideas/new", "/moderation"}) {
            assertThat(resident.get(path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .contains("no-store");
        }
        for (var path : new String[] {"/ideas/new/place", "/ideas/new/text", "/sign-in", "/sign-in/link/x"}) {
            assertThat(browser().get(path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .contains("no-store");
        }
        for (var path : new String[] {"/ideas?lang=de", "/ideas/lookup", "/watches", "/people"}) {
            assertThat(browser().get(path, "Cookie", "lang=de").headers().firstValue("Cache-Control"))
                    .as(path)
                    .contains("private, no-cache");
        }
        for (var path : new String[] {"/ideas/lookup", "/watches", "/ideas/confirmation/x", "/nowhere"}) {
            assertThat(browser().get(path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .contains("private, no-cache");
        }
        for (var path : new String[] {"/", "/ideas", "/offline", "/ideas/offline", "/budgets"}) {
            assertThat(browser().get(path).headers().firstValue("Cache-Control"))
                    .as(path + " as everybody sees it")
                    .contains("no-cache");
        }
        assertThat(browser().get("/ideas").headers().firstValue("Vary").orElse(""))
                .contains("Cookie", "Accept-Language", "Accept-Encoding");
        var style = browser().get("/assets/test/main.css").headers();
        assertThat(style.firstValue("Cache-Control").orElse("")).contains("public", "max-age=31536000");
        assertThat(browser()
                        .get("/assets/test/none.css")
                        .headers()
                        .firstValue("Cache-Control")
                        .orElse(""))
                .doesNotContain("public");
    }

    @Test
    void over_https_browsers_are_told_to_stay_there() {
        for (var path : new String[] {"/", "/assets/test/main.css", "/api/v1/ideas"}) {
            var answer = HttpResponse.ok();
            new BrowserRules(true).tell(io.micronaut.http.HttpRequest.GET(path), answer);
            assertThat(answer.getHeaders().getAll("Strict-Transport-Security"))
                    .containsExactly("max-age=63072000; includeSubDomains");
        }
    }

    private Map<String, java.net.http.HttpResponse<String>> answers() {
        var guest = browser();
        var resident = browser().signIn(Town.resident());
        var all = new LinkedHashMap<String, java.net.http.HttpResponse<String>>();
        all.put("200 a page", guest.get("/"));
        all.put("200 a personal page", resident.get("/me"));
        all.put("200 a style sheet", guest.get("/assets/test/main.css"));
        all.put("200 a script", guest.get("/assets/test/main.js"));
        all.put("200 outlines", guest.get("/places/outlines.json"));
        all.put("200 a search", guest.get("/places/search?q=Markt"));
        all.put("200 markers", guest.get("/ideas/markers?bbox=12.2,51.2,12.6,51.5"));
        all.put("200 a file of a budget", guest.get("/budgets/stadtbezirksbudget/sbb-ost/2026.csv"));
        all.put("200 health", guest.get("/health"));
        all.put("200 data for everybody", guest.get("/api/v1/ideas"));
        all.put("404 data for everybody", guest.get("/api/v1/ideas/999999"));
        all.put("303 a redirect", guest.get("/ideas/new"));
        all.put("303 a redirect to the sign-in", guest.get("/me"));
        all.put("303 a form", resident.post("/me/place", Map.of("csrf", resident.token(), "quarter", "")));
        all.put("404 no page", guest.get("/nowhere"));
        all.put("404 no style sheet", guest.get("/assets/test/none.css"));
        all.put("404 no photo", guest.get("/photos/00000000-0000-0000-0000-000000000000/480.jpg"));
        all.put("403 not theirs", resident.get("/moderation"));
        all.put("403 forged", guest.post("/sign-in/link", Map.of("email", "x"), "Sec-Fetch-Site", "cross-site"));
        all.put("400 not understood", guest.get("/ideas?q=%00"));
        all.put("405 a method", send(guest, "DELETE", "/ideas", "", ""));
        all.put("409 refused", resident.post("/ideas/999999/support", Map.of("csrf", resident.token())));
        all.put("410 used up", guest.get("/sign-in/link/" + "A".repeat(43)));
        all.put(
                "413 too large",
                send(guest, "POST", "/sign-in/link", "application/x-www-form-urlencoded", "a".repeat(900_000)));
        all.put("415 another type", send(guest, "POST", "/sign-in/link", "application/json", "{}"));
        all.put("422 problems", guest.post("/sign-in/link", Map.of("email", "x")));
        waiting.change("alter table limit_buckets rename to limit_buckets_away");
        try {
            all.put("429 too many", resident.post("/ideas/1/support/withdrawal", Map.of("csrf", resident.token())));
        } finally {
            waiting.change("alter table limit_buckets_away rename to limit_buckets");
        }
        waiting.change("alter table idea_events rename to idea_events_away");
        try {
            all.put("500 broken", guest.get("/ideas/1"));
            all.put("500 broken data for everybody", guest.get("/api/v1/ideas/1"));
        } finally {
            waiting.change("alter table idea_events_away rename to idea_events");
        }
        return all;
    }

    private static java.net.http.HttpResponse<String> send(
            Browser browser, String method, String path, String type, String body) {
        var request = HttpRequest.newBuilder(browser.home().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return browser.send(request.build());
    }
}
