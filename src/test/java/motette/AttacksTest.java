package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/**
 * Attacks on the running server, none of which gets in. What others attack already: {@code OddRequestsTest} (unreadable requests,
 * sizes), {@code RoutePolicyTest} (tokens of forms, guests), {@code PhotosTest} (photos of others), {@code PhotoEncoderTest} (damaged
 * and huge pictures), {@code DraftsTest} (drafts of others), {@code DeskTest} (other areas), {@code CouncilTest} (other bodies),
 * {@code DoorsTest} (no way out to other servers, no XML, no archives), {@code BrowserRulesTest} (headers).
 */
@MicronautTest(transactional = false)
class AttacksTest extends PortalTest {

    /** Breaks out of text, attributes and templates, if anything lets it; fits the shortest field. */
    private static final String PROBE = "\"'><xss-probe onfocus=hacked=1 tabindex=1>[[${7*7}]]";

    private static final String TEXT = "Damit sich alle unterwegs ausruhen und ins Gespräch kommen können.";

    @Inject
    Waiting waiting;

    @Inject
    Router router;

    // The sign-in

    @Test
    void a_made_up_or_changed_token_is_a_guests() {
        var signedIn = browser();
        var cookie = signInCookies(signedIn, Town.resident(), "");
        var value = cookie.replaceFirst("^[^=]*=", "").replaceFirst("; .*", "");
        var name = cookie.substring(0, cookie.indexOf('='));
        var header = base64("{\"alg\":\"none\"}");
        var payload = base64("{\"sub\":\"1\",\"roles\":[\"administrator\"],\"exp\":4102444800}");
        for (var forged : List.of(
                "x",
                header + "." + payload + ".",
                header + "." + payload + ".x",
                value.length() > 10 ? value.substring(0, value.length() - 8) + "AAAAAAAA" : "x",
                value.replaceFirst("\\.[^.]*\\.", "." + payload + "."))) {
            var answer = browser().get("/me", "Cookie", name + "=" + forged);
            assertThat(answer.statusCode()).as(forged).isEqualTo(303);
            assertThat(Browser.location(answer)).startsWith("/sign-in");
        }
    }

    // Addresses that lead elsewhere

    private static final List<String> ELSEWHERE = List.of(
            "https://evil.example/",
            "//evil.example",
            "///evil.example",
            "////evil.example/..",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/%2F/evil.example",
            "%2F%2Fevil.example",
            "/%5Cevil.example",
            "/%09/evil.example",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "https:evil.example",
            "http:/evil.example",
            "//user@evil.example",
            "/@evil.example//evil.example",
            "https://" + "localhost@evil.example",
            "//evil\u3002example",
            "/\u2215evil.example",
            "/../..//evil.example",
            "/.//evil.example",
            " //evil.example",
            "//evil.example%00",
            "?next=//evil.example",
            "/ideas\r\nLocation: https://evil.example");

    @Test
    void signing_in_leads_nowhere_but_to_this_site() {
        for (var next : ELSEWHERE) {
            var answer = browser().post("/sign-in/demo", Map.of("person", Town.resident(), "next", next));
            assertStays(Browser.location(answer), next);
            var page = browser().get("/sign-in?next=" + encoded(next));
            if (page.statusCode() == 200) {
                Jsoup.parse(page.body()).select("input[name=next]").forEach(field -> assertStays(field.val(), next));
            }
        }
    }

    @Test
    void no_route_redirects_to_another_site_whatever_it_is_asked() {
        var resident = browser().signIn(Town.resident());
        var csrf = resident.token();
        for (var route : routes()) {
            var path = path(route);
            for (var evil : List.of("//evil.example", "/\\evil.example", "https://evil.example", "/%2Fevil.example")) {
                var wishes = new LinkedHashMap<String, String>();
                for (var name : List.of(
                        "next", "back", "return", "url", "redirect", "to", "draft", "said", "page", "place", "lang")) {
                    wishes.put(name, evil);
                }
                wishes.put("csrf", csrf);
                var answer = route.startsWith("POST")
                        ? resident.post(path, wishes)
                        : resident.get(path + "?" + query(wishes));
                answer.headers().firstValue("Location").ifPresent(location -> assertStays(location, route));
                assertThat(answer.statusCode()).as("%s %s", route, evil).isLessThan(500);
                if (route.equals("POST /sign-out")) {
                    resident = browser().signIn(Town.resident());
                    csrf = resident.token();
                }
            }
        }
    }

    @Test
    void where_somebody_came_from_does_not_lead_elsewhere() {
        for (var referer : List.of(
                "https://evil.example//evil.example/x",
                "//evil.example",
                "javascript:alert(1)",
                "https://evil.example/\\evil.example")) {
            var guest = browser();
            var answer = guest.post("/ideas/1/support", Map.of("csrf", ""), "Referer", referer);
            assertStays(Browser.location(answer), referer);
            var next = guest.follow(answer).select("[name=next]");
            assertThat(next).isNotEmpty();
            next.forEach(field -> assertStays(field.val(), referer));
        }
    }

    // The name of the server

    @Test
    void a_foreign_host_is_echoed_nowhere() throws Exception {
        for (var header : List.of(
                "Host: evil.example",
                "Host: localhost\r\nX-Forwarded-Host: evil.example",
                "Host: localhost\r\n"
                        + "X-Forwarded-Host: evil.example\r\n"
                        + "X-Forwarded-Proto: https\r\n"
                        + "X-Forwarded-Port: 444",
                "Host: localhost\r\nForwarded: host=evil.example;proto=https",
                "Host: localhost\r\nX-Original-URL: //evil.example\r\nX-Rewrite-URL: //evil.example",
                "Host: evil.example\r\nReferer: http://evil.example/ideas")) {
            for (var path : List.of(
                    "/",
                    "/sign-in",
                    "/ideas",
                    "/ideas/1",
                    "/me",
                    "/nowhere",
                    "/api/v1/ideas",
                    "/api/v1/openapi.yml",
                    "/.well-known/security.txt",
                    "/.well-known/change-password",
                    "/ideas/new")) {
                assertThat(raw("GET " + path + " HTTP/1.1", header, ""))
                        .as("%s %s", path, header)
                        .startsWith("HTTP/1.1 ")
                        .doesNotContain("evil.example");
            }
        }
        assertThat(raw("GET http://evil.example/ideas HTTP/1.1", "Host: evil.example", ""))
                .doesNotContain("//evil.example");
    }

    @Test
    void links_in_mails_lead_to_the_configured_address_whatever_the_request_says() throws Exception {
        var form = "email=host%40stadt.example&next=%2F";
        raw(
                "POST /sign-in/link HTTP/1.1",
                "Host: evil.example\r\nX-Forwarded-Host: evil.example\r\nSec-Fetch-Site: same-origin\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length(),
                form);
        assertThat(waiting.ask("select coalesce(max(body), '') from mails where recipient = 'host@stadt.example'"))
                .contains("http://localhost:8080/")
                .doesNotContain("evil.example");
    }

    // Fields nobody asked for

    /** Names of columns and words of the code, as somebody would guess them. */
    private static final Map<String, String> GREED = Map.ofEntries(
            Map.entry("role", "administrator"),
            Map.entry("roles", "administrator"),
            Map.entry("administrator", "true"),
            Map.entry("person", "admin"),
            Map.entry("personId", "1"),
            Map.entry("person_id", "1"),
            Map.entry("author", "admin"),
            Map.entry("authorId", "1"),
            Map.entry("author_id", "1"),
            Map.entry("state", "granted"),
            Map.entry("published", "true"),
            Map.entry("published_at", "2020-01-01"),
            Map.entry("example", "true"),
            Map.entry("number", "1"),
            Map.entry("id", "1"),
            Map.entry("revises", "1"),
            Map.entry("dropped", "00000000-0000-0000-0000-000000000000"),
            Map.entry("email", "admin@motette.example"),
            Map.entry("demoKey", "admin"),
            Map.entry("amount_cents", "1"),
            Map.entry("isStrong", "true"));

    /** What these do, everybody may do for themselves, whatever else is sent along. */
    private static final List<String> FOR_EVERYBODY = List.of(
            "POST /sign-out",
            "POST /me/place",
            "POST /me/data/erasure",
            "POST /ideas/{number}/support",
            "POST /ideas/{number}/support/withdrawal");

    @Test
    void no_form_takes_a_field_that_it_does_not_show() {
        var before = everythingThatCounts();
        for (var person : List.of(Town.resident(4), Town.councillor("ost", 2), Town.auditor())) {
            for (var route : routes()) {
                if (route.startsWith("POST") && !route.contains("/sign-in") && !FOR_EVERYBODY.contains(route)) {
                    var browser = browser().signIn(person);
                    var fields = new LinkedHashMap<String, String>(GREED);
                    fields.put("csrf", browser.token());
                    fields.put("pseudonym", pseudonym(person));
                    assertThat(browser.post(path(route), fields).statusCode())
                            .as("%s as %s", route, person)
                            .isLessThan(500);
                }
            }
        }
        assertThat(everythingThatCounts()).isEqualTo(before);
    }

    @Test
    void an_idea_handed_in_with_greed_is_an_idea_like_any_other() {
        var person = browser().signIn(Town.resident(5));
        step(person, "/ideas/new/place", with(GREED, Map.of("lon", "12.3727", "lat", "51.3402")));
        step(
                person,
                "/ideas/new/topic",
                with(GREED, Map.of("title", "Eine gierige Bank", "category", "sitzen_rasten")));
        step(
                person,
                "/ideas/new/text",
                with(GREED, Map.of("description", TEXT, "kind", "proposal", "cost", "", "deed", "next")));
        step(person, "/ideas/new/groups", with(GREED, Map.of("groups", "alle")));
        person.post("/ideas/new/draft", with(GREED, Map.of("csrf", person.token())));
        var answer = person.submit(person.page("/ideas/new/check"), "/ideas/new/submission", GREED);
        assertThat(Browser.location(answer)).endsWith("?said=thanks");
        assertThat(waiting.ask("select i.state || ' ' || i.example || ' ' || p.demo_key || ' ' || (i.published_at is"
                        + " null) || ' ' || (i.number > 1) from ideas i join persons p on p.id ="
                        + " i.author_id where i.title = 'Eine gierige Bank'"))
                .isEqualTo("handed-in false " + Town.resident(5) + " true true");
    }

    @Test
    void a_name_changed_with_greed_changes_the_name_alone() {
        var person = browser().signIn(Town.resident(6));
        var before = waiting.ask(row(Town.resident(6)));
        var answer =
                person.submit(person.page("/me"), "/me/pseudonym", with(GREED, Map.of("pseudonym", "Ein neuer Name")));
        assertThat(Browser.location(answer)).startsWith("/me");
        assertThat(waiting.ask(row(Town.resident(6))))
                .isEqualTo(before.replaceFirst("\"pseudonym\": \"[^\"]*\"", "\"pseudonym\": \"Ein neuer Name\""));
        assertThat(person.get("/moderation").statusCode()).isEqualTo(403);
        assertThat(person.get("/limits/blocked").statusCode()).isEqualTo(403);
    }

    // What belongs to others

    @Test
    void an_id_that_is_somebody_elses_opens_and_changes_nothing() {
        long theirs = waiting.idea(Town.resident(2), "63", "Eine Bank der anderen", Instant.now());
        long returned = waiting.idea(Town.resident(2), "63", "Eine Bank zum Verbessern", Instant.now());
        waiting.change("insert into idea_events (idea_number, kind, at, reason_key) values (" + returned
                + ", 'returned', now(), 'unclear')");
        var before = everythingThatCounts();
        for (var person : List.of(
                Town.resident(7),
                Town.chair("ost"),
                Town.councillor("ost", 3),
                Town.coordinator("ost"),
                Town.officer())) {
            var browser = browser().signIn(person);
            var form = Map.of("csrf", browser.token(), "note", "x", "reason", "duplicate", "quarter", "63");
            for (var number : List.of(theirs, returned)) {
                assertGone(browser.get("/ideas/" + number), person);
                assertGone(browser.get("/moderation?idea=" + number), person);
                for (var deed : List.of(
                        "/ideas/%d/withdrawal",
                        "/ideas/new/revision/%d",
                        "/moderation/ideas/%d/publication",
                        "/moderation/ideas/%d/return",
                        "/moderation/ideas/%d/decline",
                        "/moderation/ideas/%d/place",
                        "/moderation/ideas/%d/closing",
                        "/moderation/ideas/%d/closing/reversal",
                        "/council/sbb-west/2026/ideas/%d/resolution")) {
                    var words = deed.endsWith("closing")
                            ? with(form, Map.of("reason", "Ein Grund mit genug Zeichen."))
                            : form;
                    assertGone(browser.post(deed.formatted(number), words), person + " " + deed);
                }
                assertThat(browser.post("/ideas/" + number + "/support", form).statusCode())
                        .isEqualTo(409);
            }
            for (var file : List.of("1.json", "1.pb", "2.json", "2.pb", "999999.json")) {
                assertGone(browser.get("/allocation/sbb-west/2026/runs/" + file), person + " " + file, 200);
            }
            if (!person.equals(Town.officer())) {
                assertGone(
                        browser.post("/allocation/sbb-west/2026/runs", with(form, Map.of("rule", "shares"))), person);
            }
            assertGone(browser.post("/moderation/decisions/1/reversal", form), person);
            assertGone(
                    browser.post(
                            "/limits/blocked/1/lifting", with(form, Map.of("reason", "Ein Grund mit genug Zeichen."))),
                    person);
        }
        assertThat(everythingThatCounts()).isEqualTo(before);
    }

    @Test
    void a_draft_opens_only_with_its_secret_and_never_by_its_id() {
        var writer = browser();
        writer.post("/ideas/new/draft", Map.of("title", "Ein Entwurf der anderen"));
        var id = waiting.ask("select id from idea_drafts where fields ->> 'title' = 'Ein Entwurf der anderen'");
        for (var ticket : List.of(id, id + ".", id + "." + "A".repeat(32), id + ".' or '1'='1", "../" + id)) {
            assertThat(browser()
                            .get("/ideas/new/topic", "Cookie", "draft=" + ticket)
                            .body())
                    .as(ticket)
                    .doesNotContain("Ein Entwurf der anderen");
        }
        var thief = browser().signIn(Town.resident(8));
        assertThat(Browser.location(thief.post("/ideas/new/submission", Map.of("csrf", thief.token(), "draft", id))))
                .startsWith("/ideas/new/");
        assertThat(waiting.ask("select count(*) from ideas where title = 'Ein Entwurf der anderen'"))
                .isEqualTo("0");
    }

    // Paths

    @Test
    void no_path_leaves_the_folder_of_the_assets() throws Exception {
        for (var up : List.of(
                "../",
                "..%2f",
                "%2e%2e/",
                "%2e%2e%2f",
                "..%5c",
                "..\\",
                "%252e%252e%252f",
                "....//",
                "..;/",
                ".%2e/",
                "%c0%ae%c0%ae/",
                "..%00/")) {
            for (var start : List.of(
                    "/assets/test/",
                    "/assets/test/leaflet/",
                    "/assets/",
                    "/photos/",
                    "/places/",
                    "/budgets/",
                    "/.well-known/")) {
                for (var file : List.of(
                        "application.yml",
                        "messages/messages_de.properties",
                        "db/migration/",
                        "etc/passwd",
                        "motette/Application.class")) {
                    for (int deep : new int[] {1, 3, 8}) {
                        var answer = raw("GET " + start + up.repeat(deep) + file + " HTTP/1.1", "Host: localhost", "");
                        assertThat(answer.lines().findFirst().orElse(""))
                                .as(start + up.repeat(deep) + file)
                                .matches("HTTP/1\\.[01] [34]\\d\\d.*");
                        assertThat(answer).doesNotContain("datasources:", "root:x:", "create table");
                    }
                }
            }
        }
        assertThat(raw("GET /assets/test/main.css HTTP/1.1", "Host: localhost", ""))
                .startsWith("HTTP/1.1 200");
        for (var hidden : List.of(
                "/application.yml",
                "/assets/test/site/error.html",
                "/assets/test/messages/messages_de.properties",
                "/views/site/error.html",
                "/WEB-INF/web.xml",
                "/.git/config",
                "/.env",
                "/META-INF/MANIFEST.MF",
                "/assets/test/")) {
            assertThat(raw("GET " + hidden + " HTTP/1.1", "Host: localhost", ""))
                    .as(hidden)
                    .startsWith("HTTP/1.1 404");
        }
    }

    // Pictures

    @Test
    void pictures_that_unpack_to_gigabytes_are_refused_at_once_even_many_together() throws Exception {
        var bombs = new LinkedHashMap<String, byte[]>();
        bombs.put("a PNG of 30,000 by 30,000", png(30_000, 30_000, 30_000L * (30_000 / 8 + 1)));
        bombs.put(
                "a PNG whose name of colours unpacks to 400 MB", pngWith("iCCP", new byte[] {'x', 0, 0}, 400_000_000));
        bombs.put("a PNG whose text unpacks to 400 MB", pngWith("zTXt", new byte[] {'x', 0, 0}, 400_000_000));
        bombs.put("a JPEG that claims 65,500 by 65,500", jpegClaiming(65_500, 65_500));
        bombs.put("a WebP that claims 16,384 by 16,384", webpClaiming(16_384, 16_384));
        bombs.put("a lossy WebP that claims 16,383 by 16,383", lossyWebpClaiming(16_383, 16_383));
        bombs.values().forEach(bomb -> assertThat(bomb.length).isLessThan(2_000_000));
        var start = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(6)) {
            var answers = threads.invokeAll(bombs.entrySet().stream()
                    .<Callable<String>>map(bomb -> () -> bomb.getKey() + ": "
                            + upload(bomb.getValue(), "photo.png").statusCode())
                    .toList());
            for (var answer : answers) {
                assertThat(answer.get()).matches(".*: (422|303)");
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        for (var bomb : bombs.entrySet()) {
            if (!bomb.getKey().contains("unpacks")) {
                assertThat(upload(bomb.getValue(), "photo.png").statusCode())
                        .as(bomb.getKey())
                        .isEqualTo(422);
            }
        }
        assertThat(browser().get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void what_is_no_photo_is_refused_whatever_it_is_called() {
        var kept = waiting.ask("select count(*) from photos");
        var secret = "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg"
                + " xmlns=\"http://www.w3.org/2000/svg\"><text>&x;</text></svg>";
        for (var file : List.of(
                secret,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
                "<html><script>alert(1)</script></html>",
                "%PDF-1.7",
                "PK\u0003\u0004",
                "GIF89a\u0001\u0000\u0001\u0000",
                "BM",
                "#!/bin/sh",
                "push graphic-context\nviewbox 0 0 640 480\nfill 'url(https://evil.example/)'",
                "")) {
            for (var name : List.of("photo.png", "photo.svg", "../../photo.jpg", "photo.jpg\u0000.svg")) {
                var answer = upload(file.getBytes(StandardCharsets.ISO_8859_1), name);
                assertThat(answer.statusCode()).as(file + " " + name).isIn(400, 422);
                assertThat(answer.body()).doesNotContain("root:x:");
            }
        }
        assertThat(waiting.ask("select count(*) from photos")).isEqualTo(kept);
    }

    // Headers and lines

    @Test
    void line_breaks_in_what_is_sent_make_no_header() throws Exception {
        for (var route : routes()) {
            if (route.startsWith("GET")) {
                for (var name : List.of("lang", "next", "said", "sort", "page", "q", "place")) {
                    for (var breaks : List.of("%0d%0a", "%0a", "%0d", "%E5%98%8A%E5%98%8D")) {
                        var answer = raw(
                                "GET " + path(route) + "?" + name + "=de" + breaks + "X-Hacked:%20yes" + breaks + breaks
                                        + "x HTTP/1.1",
                                "Host: localhost",
                                "");
                        assertThat(head(answer))
                                .as(route + " " + name)
                                .doesNotContainIgnoringCase("\r\nx-hacked")
                                .doesNotContain("\nX-Hacked");
                    }
                }
            }
        }
        for (var cookie : List.of(
                "lang=de%0d%0aX-Hacked: yes",
                "order=1%0d%0aX-Hacked: yes", "draft=x%0d%0aX-Hacked: yes", "place=x%0d%0aX-Hacked: yes")) {
            assertThat(head(raw("GET /ideas?sort=random&lang=en HTTP/1.1", "Host: localhost\r\nCookie: " + cookie, "")))
                    .doesNotContainIgnoringCase("\r\nx-hacked");
        }
    }

    @Test
    void what_is_too_long_or_no_request_is_answered_cleanly_and_with_the_rules() throws Exception {
        var long64k = "b".repeat(64 * 1024);
        var answers = new LinkedHashMap<String, String>();
        answers.put("an address", raw("GET /" + long64k + " HTTP/1.1", "Host: localhost", ""));
        answers.put("a question", raw("GET /ideas?q=" + long64k + " HTTP/1.1", "Host: localhost", ""));
        answers.put("a header", raw("GET / HTTP/1.1", "Host: localhost\r\nX-Long: " + long64k, ""));
        answers.put("a cookie", raw("GET / HTTP/1.1", "Host: localhost\r\nCookie: motette=" + long64k, ""));
        answers.put(
                "many headers",
                raw(
                        "GET / HTTP/1.1",
                        "Host: localhost\r\n" + "X-Many: 12345678901234567890\r\n".repeat(2000) + "X: y",
                        ""));
        answers.put("no length", raw("POST /sign-in/link HTTP/1.1", "Host: localhost\r\nContent-Length: none", ""));
        answers.put(
                "a negative length", raw("POST /sign-in/link HTTP/1.1", "Host: localhost\r\nContent-Length: -1", ""));
        answers.put(
                "too much",
                raw(
                        "POST /sign-in/link HTTP/1.1",
                        "Host: localhost\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n"
                                + "Content-Length: 99999999",
                        ""));
        answers.put("another method", raw("BREW / HTTP/1.1", "Host: localhost", ""));
        answers.put("TRACE", raw("TRACE / HTTP/1.1", "Host: localhost\r\nX-Secret: do-not-echo", ""));
        answers.put("CONNECT", raw("CONNECT evil.example:443 HTTP/1.1", "Host: evil.example", ""));
        answers.forEach((what, answer) -> {
            assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] 4\\d\\d.*");
            assertThat(head(answer).toLowerCase(java.util.Locale.ROOT))
                    .as(what)
                    .contains("content-security-policy:", "x-content-type-options: nosniff")
                    .doesNotContain("\r\nserver:", "x-powered-by");
            assertThat(answer).as(what).doesNotContain("Exception", "\tat ", "do-not-echo", "netty");
        });
    }

    @Test
    void two_lengths_do_not_smuggle_a_second_request() throws Exception {
        var inner = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (var lengths : List.of(
                "Content-Length: 0\r\nTransfer-Encoding: chunked",
                "Content-Length: 5\r\nContent-Length: 0",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding : chunked\r\nContent-Length: 0")) {
            var answer = raw(
                    "POST /sign-in/link HTTP/1.1",
                    "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" + lengths,
                    "0\r\n\r\n" + inner);
            assertThat(answer.split("HTTP/1\\.[01] \\d\\d\\d")).as(lengths).hasSizeLessThanOrEqualTo(3);
            assertThat(answer).doesNotContain("Exception");
        }
    }

    @Test
    void a_method_is_what_the_request_says_and_nothing_overrides_it() {
        var resident = browser().signIn(Town.resident(9));
        var csrf = resident.token();
        var before = everythingThatCounts();
        for (var route : routes()) {
            if (route.startsWith("POST")) {
                for (var header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
                    resident.get(path(route) + "?_method=POST&csrf=" + csrf, header, "POST");
                    browser().get(path(route) + "?_method=POST", header, "POST");
                }
            }
        }
        assertThat(everythingThatCounts()).isEqualTo(before);
        for (var method : List.of("PUT", "DELETE", "PATCH")) {
            for (var path : List.of(
                    "/ideas/1",
                    "/ideas/1/support",
                    "/me",
                    "/me/pseudonym",
                    "/limits/blocked",
                    "/assets/test/main.css")) {
                assertThat(resident.send(HttpRequest.newBuilder(resident.home().resolve(path))
                                        .method(method, BodyPublishers.ofString("x"))
                                        .header("X-CSRF-Token", csrf)
                                        .build())
                                .statusCode())
                        .as(method + " " + path)
                        .isBetween(400, 499);
            }
        }
    }

    @Test
    void who_sends_slowly_holds_up_nobody() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 150; i++) {
                var socket = new Socket(server.getHost(), server.getPort());
                slow.add(socket);
                socket.getOutputStream()
                        .write(
                                "POST /sign-in/link HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail="
                                        .getBytes(StandardCharsets.US_ASCII));
            }
            var start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                assertThat(browser().get("/").statusCode()).isEqualTo(200);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void a_form_that_comes_after_its_head_and_leads_nowhere_is_answered_and_keeps_no_processor_busy() throws Exception {
        var body = "logout_token=x";
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            try (var socket = new Socket(server.getHost(), server.getPort())) {
                socket.setSoTimeout(15_000);
                socket.getOutputStream()
                        .write(("POST /sign-in/oidc/nobody/backchannel-logout HTTP/1.1\r\n"
                                        + "Host: localhost\r\n"
                                        + "Connection: close\r\n"
                                        + "Content-Type: application/x-www-form-urlencoded\r\n"
                                        + "Content-Length: "
                                        + body.length() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(30);
                socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(head(answer)).startsWith("HTTP/1.1 404").contains("text/html");
            }
        }
        assertThat(browser().get("/").statusCode()).isEqualTo(200);
    }

    // Forms of other sites

    @Test
    void no_form_of_another_site_does_anything_even_with_the_right_token() {
        for (var person :
                List.of(Town.resident(10), Town.coordinator("ost"), Town.chair("ost"), Town.administrator())) {
            var browser = browser().signIn(person);
            var token = browser.token();
            for (var route : routes()) {
                if (route.startsWith("POST")) {
                    for (var from : List.of(
                            new String[] {"Origin", "https://evil.example"},
                            new String[] {"Origin", "null"},
                            new String[] {"Origin", "http://localhost.evil.example"},
                            new String[] {"Origin", browser.home().toString().replaceFirst(":\\d+.*", ":1")},
                            new String[] {"Sec-Fetch-Site", "cross-site"},
                            new String[] {"Sec-Fetch-Site", "same-site"},
                            new String[] {
                                "Sec-Fetch-Site",
                                "cross-site",
                                "Origin",
                                browser.home().toString()
                            })) {
                        assertThat(browser.post(path(route), Map.of("csrf", token), from)
                                        .statusCode())
                                .as("%s as %s from %s", route, person, String.join(" ", from))
                                .isEqualTo(403);
                    }
                }
            }
        }
    }

    @Test
    void of_two_tokens_the_wrong_one_counts_and_words_sent_as_something_else_are_no_form() {
        var person = browser().signIn(Town.resident(11));
        var token = person.token();
        assertThat(person.post("/me/pseudonym", Map.of("csrf", List.of("wrong", token), "pseudonym", "Doppelt"))
                        .statusCode())
                .isEqualTo(403);
        for (var type : List.of(
                "application/json",
                "text/plain",
                "application/xml",
                "text/html",
                "application/x-www-form-urlencoded; charset=utf-7",
                "x")) {
            for (var body : List.of(
                    "{\"pseudonym\":\"Doppelt\",\"csrf\":\"" + token + "\"}",
                    "pseudonym=Doppelt&csrf=" + token + "x",
                    "<a/>",
                    "[[[[[[",
                    "")) {
                assertThat(person.send(HttpRequest.newBuilder(person.home().resolve("/me/pseudonym"))
                                        .header("Content-Type", type)
                                        .POST(BodyPublishers.ofString(body))
                                        .build())
                                .statusCode())
                        .as(type + " " + body)
                        .isBetween(400, 499);
            }
            assertThat(person.send(HttpRequest.newBuilder(person.home().resolve("/me/pseudonym"))
                                    .header("Content-Type", "application/json")
                                    .header("X-CSRF-Token", token)
                                    .POST(BodyPublishers.ofString("{\"pseudonym\":\"Doppelt\"}"))
                                    .build())
                            .statusCode())
                    .isEqualTo(415);
        }
        assertThat(pseudonym(Town.resident(11))).isNotEqualTo("Doppelt");
    }

    @Test
    void a_field_sent_twice_breaks_nothing() {
        var resident = browser().signIn(Town.resident(12));
        var twice = new LinkedHashMap<String, Object>();
        for (var name : List.of(
                "title",
                "category",
                "lon",
                "lat",
                "groups",
                "next",
                "email",
                "person",
                "pseudonym",
                "quarter",
                "reason",
                "note",
                "draft",
                "find",
                "until")) {
            twice.put(name, List.of("x", "y", "12.3"));
        }
        for (var route : routes()) {
            var fields = new LinkedHashMap<String, Object>(twice);
            fields.put("csrf", resident.token());
            var answer = route.startsWith("POST")
                    ? resident.post(path(route), fields)
                    : resident.get(path(route) + "?q=a&q=b&page=1&page=2&lang=de&lang=en&idea=1&idea=x&sort=a&sort=b");
            assertThat(answer.statusCode()).as(route).isLessThan(500);
            if (route.equals("POST /sign-out")) {
                resident = browser().signIn(Town.resident(12));
            }
        }
    }

    // What people write

    @Test
    void a_script_in_every_field_runs_on_no_page() {
        long published = waiting.idea(Town.resident(2), "63", "Eine Bank mit Kommentar", Instant.now());
        long returned = waiting.idea(Town.resident(2), "63", "Eine Bank mit Rückgabe", Instant.now());
        var author = browser().signIn(Town.resident(13));
        author.submit(author.page("/me"), "/me/pseudonym", Map.of("pseudonym", PROBE));
        step(author, "/ideas/new/place", Map.of("lon", "12.3727", "lat", "51.3402", "place", PROBE));
        step(author, "/ideas/new/topic", Map.of("title", PROBE + " Titel", "category", "sitzen_rasten"));
        step(
                author,
                "/ideas/new/text",
                Map.of(
                        "description",
                        PROBE + " " + TEXT + "\n\n" + PROBE,
                        "kind",
                        "proposal",
                        "cost",
                        "",
                        "deed",
                        "next"));
        step(author, "/ideas/new/groups", Map.of("groups", "alle"));
        var pages = new ArrayList<Document>();
        pages.add(author.page("/ideas/new/check"));
        author.submit(author.page("/ideas/new/check"), "/ideas/new/submission", Map.of());
        long evil = Long.parseLong(waiting.ask("select max(number) from ideas"));
        var middle = browser().signIn(Town.coordinator("mitte"));
        pages.add(middle.page("/moderation?idea=" + evil));
        middle.submit(middle.page("/moderation?idea=" + evil), "/moderation/ideas/" + evil + "/publication", Map.of());
        var west = browser().signIn(Town.coordinator("west"));
        west.submit(
                west.page("/moderation?idea=" + returned),
                "/moderation/ideas/" + returned + "/return",
                Map.of("reason", "unclear", "note", PROBE));
        west.submit(
                west.page("/moderation?idea=" + published),
                "/moderation/ideas/" + published + "/publication",
                Map.of());
        west.submit(
                west.page("/moderation?idea=" + published),
                "/moderation/ideas/" + published + "/closing",
                Map.of("reason", PROBE));
        var administrator = browser().signIn(Town.administrator());
        administrator.submit(
                administrator.page("/limits/blocked"),
                "/limits/blocked",
                Map.of("email", "x@y.example", "reason", PROBE));
        pages.add(Jsoup.parse(administrator
                .post(
                        "/limits/blocked",
                        Map.of(
                                "csrf",
                                administrator.token(),
                                "email",
                                PROBE,
                                "reason",
                                PROBE.substring(0, 5),
                                "until",
                                PROBE))
                .body()));
        var other = browser().signIn(Town.resident(14));
        var draftFields = new LinkedHashMap<String, String>();
        for (var field : List.of(
                "title",
                "description",
                "kind",
                "cost",
                "place",
                "category",
                "lon",
                "lat",
                "quarter",
                "community",
                "groups")) {
            draftFields.put(field, PROBE);
        }
        draftFields.put("csrf", other.token());
        other.post("/ideas/new/draft", draftFields);
        pages.add(Jsoup.parse(other.post("/ideas/new/place", draftFields).body()));
        pages.add(Jsoup.parse(other.post("/ideas/new/topic", draftFields).body()));
        pages.add(Jsoup.parse(other.post("/me/pseudonym", Map.of("csrf", other.token(), "pseudonym", PROBE + PROBE))
                .body()));
        pages.add(Jsoup.parse(browser()
                .post("/sign-in/link", Map.of("email", PROBE, "next", PROBE))
                .body()));
        var chair = browser().signIn(Town.chair("mitte"));
        var resolution = "/council/sbb-mitte/2026/ideas/" + evil + "/resolution";
        if (chair.get(resolution).statusCode() == 200) {
            pages.add(chair.page(resolution));
            pages.add(Jsoup.parse(chair.submit(
                            chair.page(resolution),
                            resolution,
                            Map.of("kind", "not-granted", "reason", PROBE, "votes_yes", PROBE, "amount", PROBE))
                    .body()));
        }
        var q = encoded(PROBE);
        var addresses = Stream.concat(
                        Stream.of(
                                "/ideas/" + evil,
                                "/ideas/" + published,
                                "/ideas/" + returned,
                                "/moderation?view=decided",
                                "/moderation?idea=" + evil,
                                "/moderation?idea=" + returned,
                                "/ideas?q=" + q,
                                "/ideas?sort=" + q,
                                "/ideas?district=" + q,
                                "/sign-in?next=" + q,
                                "/ideas/new/place?find=" + q,
                                "/ideas/new/topic",
                                "/ideas/new/text",
                                "/ideas/new/similar",
                                "/nowhere?" + q,
                                "/?lang=" + q,
                                "/council/sbb-mitte/2026",
                                "/allocation/sbb-mitte/2026?budget=" + q,
                                "/demo/mailbox"),
                        AccessibilityTest.screens()
                                .map(AccessibilityTest.Screen::path)
                                .filter(path -> !path.contains("{")))
                .distinct()
                .toList();
        for (var reader : List.of(browser(), author, other, middle, west, chair, administrator)) {
            for (var address : addresses) {
                var answer = reader.get(address);
                if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                    pages.add(Jsoup.parse(answer.body()));
                }
            }
        }
        assertThat(pages.stream().filter(page -> page.html().contains("xss-probe")))
                .hasSizeGreaterThan(30);
        for (var page : pages) {
            assertThat(page.select("xss-probe, script:not([src]), style, base, object, embed, iframe, [style]"))
                    .as(page.title())
                    .isEmpty();
            assertThat(page.getAllElements().stream()
                            .flatMap(element -> element.attributes().asList().stream())
                            .filter(attribute -> attribute.getKey().startsWith("on")
                                    || attribute
                                            .getValue()
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .startsWith("javascript:")))
                    .as(page.title())
                    .isEmpty();
            assertThat(page.html()).doesNotContain("xss-probe onfocus=hacked=1 tabindex=1&gt;49");
        }
        runsNowhere(List.of("/ideas/" + evil, "/ideas/" + published, "/ideas?q=" + q, "/", "/ideas"), "");
        runsNowhere(List.of("/moderation?idea=" + evil, "/moderation?view=decided"), Town.coordinator("mitte"));
        runsNowhere(List.of("/limits/blocked"), Town.administrator());
    }

    private void runsNowhere(List<String> addresses, String person) {
        try (var chromium = new Chromium(server.getURI())) {
            var page = chromium.open(1280, 900, ColorScheme.LIGHT, true, person);
            page.addInitScript(
                    "document.addEventListener('focusin', e => { if (e.target.localName === 'xss-probe') window.hacked"
                            + " = 1 })");
            page.onDialog(dialog -> {
                throw new AssertionError("a dialog opened: " + dialog.message());
            });
            for (var address : addresses) {
                page.navigate(address);
                for (int i = 0; i < 25; i++) {
                    page.keyboard().press("Tab");
                }
                assertThat(page.evaluate(
                                "[typeof window.hacked, document.querySelectorAll('xss-probe').length].join(' ')"))
                        .as(address)
                        .isEqualTo("undefined 0");
            }
        }
    }

    // Helpers

    private static void assertStays(String location, String asked) {
        assertThat(location)
                .as("asked for %s", asked)
                .matches("/(?![/\\\\]).*|/")
                .doesNotContain("\r", "\n", "\t", "\\");
        var target = URI.create("https://motette.example").resolve(location.replaceFirst("#.*", ""));
        assertThat(target.getHost()).as("asked for %s", asked).isEqualTo("motette.example");
        assertThat(target.getRawPath()).as("asked for %s", asked).doesNotStartWith("//");
    }

    private static void assertGone(HttpResponse<String> answer, String what, Integer... also) {
        var allowed = new ArrayList<>(List.of(403, 404));
        if (answer.body().contains("passte nicht zu Ihrer Anmeldung")) {
            throw new AssertionError("The token of the form was refused before the question was asked: " + what);
        }
        // The officer reads runs of every body: what is looked for here is that nothing of the idea opens.
        allowed.addAll(
                what.startsWith(Town.officer()) || what.startsWith(Town.coordinator("ost"))
                        ? List.of(also)
                        : List.of());
        assertThat(answer.statusCode()).as(what + " " + answer.uri().getPath()).isIn(allowed);
    }

    /** What no attack may change; a draft and a count of tries do not count. */
    private String everythingThatCounts() {
        return waiting.ask(
                "select md5(string_agg(line, '|')) from (select 'p' || to_jsonb(p)::text as line from persons p union"
                    + " all select 'r' || to_jsonb(r)::text from roles r union all select 'i' || (to_jsonb(i) -"
                    + " 'search')::text from ideas i union all select 'e' || id from idea_events e union all select"
                    + " 's' || to_jsonb(s)::text from supports s union all select 'd' || id from moderation_decisions"
                    + " d union all select 'c' || to_jsonb(c)::text from idea_closings c union all select 'b' ||"
                    + " to_jsonb(b)::text from blocked_addresses b union all select 'a' || id from allocation_runs a"
                    + " union all select 'o' || id from resolutions o union all select 'f' || id from photos f where"
                    + " f.idea_number is not null order by 1) everything");
    }

    private String row(String person) {
        return "select to_jsonb(p)::text || (select coalesce(string_agg(to_jsonb(r)::text, ''), '') from roles r where"
                + " r.person_id = p.id) from persons p where demo_key = '"
                + person + "'";
    }

    private String pseudonym(String person) {
        return waiting.ask("select pseudonym from persons where demo_key = '" + person + "'");
    }

    private static String signInCookies(Browser browser, String person, String planted) {
        var fields = Map.of("person", person);
        var answer = planted.isEmpty()
                ? browser.post("/sign-in/demo", fields)
                : browser.post("/sign-in/demo", fields, "Cookie", planted);
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.toLowerCase(java.util.Locale.ROOT).contains("httponly"))
                .map(cookie -> cookie.replaceFirst(";.*", ""))
                .reduce((one, next) -> one + "; " + next)
                .orElseThrow();
    }

    private static void step(Browser person, String path, Map<String, ?> typed) {
        var answer = person.submit(person.page(path), path, typed);
        assertThat(answer.statusCode()).as(path + "\n" + answer.body()).isEqualTo(303);
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> more) {
        var all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    private List<String> routes() {
        return router.uriRoutes()
                .filter(route ->
                        route.getTargetMethod().getDeclaringType().getName().startsWith("motette."))
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toString().replaceAll("\\{(\\w+):[^}]*}", "{$1}"))
                .distinct()
                .sorted()
                .toList();
    }

    private static String path(String route) {
        return route.substring(route.indexOf(' ') + 1)
                .replace("{body}", "sbb-ost")
                .replace("{year}", "2026")
                .replaceAll("\\{\\w+}", "1");
    }

    private static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .reduce((one, next) -> one + "&" + next)
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String head(String answer) {
        return answer.replaceFirst("(?s)\r\n\r\n.*", "");
    }

    private String raw(String line, String headers, String body) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(15_000);
            var sent = (line + "\r\n" + headers + "\r\nConnection: close\r\n\r\n" + body)
                    .getBytes(StandardCharsets.ISO_8859_1);
            try {
                socket.getOutputStream().write(sent);
            } catch (IOException closedEarly) {
                // What was answered before can still be read.
            }
            var answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (IOException reset) {
                // The same.
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    private HttpResponse<String> upload(byte[] file, String name) {
        var guest = browser();
        var edge = "----edge-of-the-parts";
        var start = ("--" + edge + "\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n" + TEXT + "\r\n--"
                        + edge
                        + "\r\nContent-Disposition: form-data; name=\"deed\"\r\n\r\nphoto\r\n--" + edge
                        + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"" + name
                        + "\"\r\nContent-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        var end = ("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return guest.send(HttpRequest.newBuilder(guest.home().resolve("/ideas/new/text"))
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .header("Origin", guest.home().toString())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofByteArray(start),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofByteArray(end)))
                .build());
    }

    /** Black and white, whole and well-formed: {@code length} zeros packed into a few kilobytes. */
    private static byte[] png(int width, int height, long length) {
        return chunks(width, height, 1, 0, List.of(Map.entry("IDAT", zeros(new byte[0], length))));
    }

    private static byte[] pngWith(String chunk, byte[] start, long length) {
        return chunks(
                8,
                8,
                8,
                2,
                List.of(Map.entry(chunk, zeros(start, length)), Map.entry("IDAT", zeros(new byte[0], 8 * 25))));
    }

    private static byte[] chunks(int width, int height, int depth, int color, List<Map.Entry<String, byte[]>> chunks) {
        var all = new ArrayList<Map.Entry<String, byte[]>>();
        all.add(Map.entry(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {(byte) depth, (byte) color, 0, 0, 0})
                        .array()));
        all.addAll(chunks);
        all.add(Map.entry("IEND", new byte[0]));
        var file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        for (var chunk : all) {
            var name = chunk.getKey().getBytes(StandardCharsets.US_ASCII);
            var sum = new CRC32();
            sum.update(name);
            sum.update(chunk.getValue());
            file.writeBytes(ByteBuffer.allocate(8)
                    .putInt(chunk.getValue().length)
                    .put(name)
                    .array());
            file.writeBytes(chunk.getValue());
            file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
        }
        return file.toByteArray();
    }

    private static byte[] zeros(byte[] start, long length) {
        var packed = new ByteArrayOutputStream();
        packed.writeBytes(start);
        var deflater = new Deflater(9);
        var some = new byte[1 << 16];
        var out = new byte[1 << 16];
        for (long left = length; left > 0; left -= some.length) {
            deflater.setInput(some, 0, (int) Math.min(left, some.length));
            while (!deflater.needsInput()) {
                packed.write(out, 0, deflater.deflate(out));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            packed.write(out, 0, deflater.deflate(out));
        }
        deflater.end();
        return packed.toByteArray();
    }

    private static byte[] jpegClaiming(int width, int height) {
        return ByteBuffer.allocate(64)
                .put(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 17, 8})
                .putShort((short) height)
                .putShort((short) width)
                .put(new byte[] {3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0})
                .put(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0})
                .position(62)
                .put(new byte[] {(byte) 0xFF, (byte) 0xD9})
                .array();
    }

    /** The extended form: the canvas is said in 24 bits each, less one. */
    private static byte[] webpClaiming(int width, int height) {
        var canvas = ByteBuffer.allocate(10);
        canvas.put(new byte[4]);
        for (int side : new int[] {width - 1, height - 1}) {
            canvas.put((byte) side).put((byte) (side >> 8)).put((byte) (side >> 16));
        }
        return riff(
                "VP8X",
                canvas.array(),
                "VP8L",
                ByteBuffer.allocate(12)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 0x2F)
                        .putInt((height - 1) << 14 | width - 1)
                        .array());
    }

    private static byte[] lossyWebpClaiming(int width, int height) {
        return riff(
                "VP8 ",
                ByteBuffer.allocate(32)
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[] {0x30, 1, 0, (byte) 0x9D, 1, 0x2A})
                        .putShort((short) width)
                        .putShort((short) height)
                        .array());
    }

    private static byte[] riff(Object... chunks) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < chunks.length; i += 2) {
            var content = (byte[]) chunks[i + 1];
            body.writeBytes(((String) chunks[i]).getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(littleEndian(content.length));
            body.writeBytes(content);
        }
        var file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(littleEndian(body.size()));
        file.writeBytes(body.toByteArray());
        return file.toByteArray();
    }

    private static byte[] littleEndian(int number) {
        return ByteBuffer.allocate(4)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
