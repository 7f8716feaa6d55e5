package motette;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.MediaType;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import motette.town.Town;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** What no browser sends from a page of ours is answered with a page, and is nobody's fault but the sender's. */
@MicronautTest(transactional = false)
class OddRequestsTest extends PortalTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Inject
    Waiting waiting;

    @Inject
    Router router;

    @Test
    void an_address_that_cannot_be_decoded_is_not_understood() throws Exception {
        for (var address : new String[] {
            "/%",
            "/%zz",
            "/ideas?q=%zz",
            "/ideas?q=%",
            "/ideas/%zz",
            "/%00",
            "/ideas?q=%00",
            "/districts/a%00b",
            "/api/v1/ideas?q=%00",
            "/ideas?body=%00",
            "/sign-in?next=/%00"
        }) {
            assertThat(raw("GET " + address + " HTTP/1.1"))
                    .as(address)
                    .startsWith("HTTP/1.1 400")
                    .doesNotContain("Exception");
        }
        assertThat(raw("GET /%zz HTTP/1.1")).contains("Das haben wir nicht verstanden");
        assertThat(raw("GET /" + "a".repeat(100_000) + " HTTP/1.1").lines().findFirst())
                .hasValueSatisfying(line -> assertThat(line).matches("HTTP/1.. 4\\d\\d.*"));
    }

    @Test
    void a_form_that_cannot_be_decoded_or_kept_is_not_understood() {
        assertThat(form(browser(), "/sign-in/link", "email=%zz")).isEqualTo(400);
        assertThat(form(browser(), "/sign-in/demo", "person=%00")).isEqualTo(400);
        assertThat(form(browser(), "/ideas/new/topic", "title=a%00b&category=%00"))
                .isIn(400, 422);
        var resident = browser().signIn(Town.resident());
        assertThat(form(resident, "/me/pseudonym", "csrf=%zz")).isEqualTo(400);
        assertThat(form(resident, "/sign-in/link", "email=a%40stadt.example&next=%2F%00"))
                .isEqualTo(303);
    }

    @Test
    void what_is_made_for_files_takes_more_than_a_form() {
        var file = "x".repeat(1_000_000);
        var paths = router.uriRoutes()
                .filter(route -> route.getConsumes().contains(MediaType.MULTIPART_FORM_DATA_TYPE))
                .map(route -> route.getUriMatchTemplate()
                        .toPathString()
                        .replaceAll("\\{body[^}]*}", "ost")
                        .replaceAll("\\{[^}]*}", "1"))
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(paths)
                .contains("/ideas/new/text", "/residence/extracts", "/applications/1/documents", "/grants/1/photos");
        // It keeps what is typed; its file comes with the step.
        paths.remove("/ideas/new/draft");
        for (var path : paths) {
            assertThat(browser().postParts(path, Map.of("file", file)).statusCode())
                    .as(path)
                    .isNotEqualTo(413);
        }
    }

    @Test
    void whoever_accepts_pages_and_names_nothing_else_gets_pages_and_what_they_link_to() {
        for (var accept :
                List.of("text/html", "text/html,application/xhtml+xml", "text/html;q=0.9, application/json")) {
            for (var path : List.of("/", "/ideas", "/bodies/sbb-ost", "/insights/money", "/sitemap.xml")) {
                var answer = browser().get(path, "Accept", accept);
                assertThat(answer.statusCode()).as(accept + " " + path).isEqualTo(200);
            }
        }
        assertThat(browser().get("/api/v1/ideas", "Accept", "application/json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void more_than_a_form_holds_is_refused_with_and_without_a_length() {
        var large = ("email=" + "a".repeat(1_000_000)).getBytes(StandardCharsets.US_ASCII);
        assertThat(send(browser(), "/sign-in/link", FORM, HttpRequest.BodyPublishers.ofByteArray(large))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(
                                browser(),
                                "/sign-in/link",
                                FORM,
                                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(
                                browser().signIn(Town.resident()),
                                "/me/pseudonym",
                                FORM,
                                HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                        .statusCode())
                .isEqualTo(413);
        var endless = new byte[20_000_000];
        var start = "--edge\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"p.jpg\"\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, endless, 0, start.length);
        assertThat(send(
                                browser(),
                                "/ideas/new/text",
                                "multipart/form-data; boundary=edge",
                                HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(endless)))
                        .statusCode())
                .isIn(400, 413);
    }

    @Test
    void a_next_page_that_cannot_be_is_the_home_page() {
        for (var next : new String[] {"/%zz", "/%", "/ideas?q=%4"}) {
            assertThat(Browser.location(
                            browser().post("/sign-in/demo", Map.of("person", Town.resident(), "next", next))))
                    .isEqualTo("/");
        }
        waiting.change("insert into sign_in_links (token_hash, email, next, created_at, expires_at) "
                + "values (sha256('burnt'), 'burnt@stadt.example', '/%zz', now(), now() + interval '15 minutes')");
        assertThat(Browser.location(browser().post("/sign-in/link/burnt", Map.of())))
                .isEqualTo("/");
    }

    @Test
    void links_of_a_page_stay_on_this_site_and_lead_to_pages_that_exist() throws Exception {
        assertThat(raw("GET ////elsewhere.example/x HTTP/1.1"))
                .contains("/elsewhere.example/x?lang=en")
                .doesNotContain("\"//elsewhere");
        var home = server.getURI().toString().replaceFirst("/$", "");
        assertThat(wayOf(home + "/ideas?lang=de&page=2")).isEqualTo("/ideas?page=2&lang=en");
        assertThat(wayOf("https://elsewhere.example/ideas")).isEqualTo("/?lang=en");
        assertThat(wayOf(home + "/sign-in/demo")).as("a POST only").isEqualTo("/?lang=en");
        assertThat(wayOf(home + "//elsewhere.example/")).isEqualTo("/?lang=en");
        assertThat(wayOf("%%%")).isEqualTo("/?lang=en");
    }

    @Test
    void personal_pages_are_kept_nowhere_and_data_sets_no_language() {
        assertThat(browser().get("/").headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(browser().signIn(Town.resident()).get("/").headers().firstValue("Cache-Control"))
                .contains("no-store");
        for (var data : new String[] {
            "/api/v1/ideas?lang=en", "/photos/x/480.jpg?lang=en", "/places/x?lang=en", "/assets/test/main.css?lang=en"
        }) {
            assertThat(browser().get(data).headers().allValues("Set-Cookie"))
                    .as(data)
                    .isEmpty();
        }
        assertThat(browser().get("/?lang=en").headers().allValues("Set-Cookie")).hasSize(1);
    }

    /** Where the English version of a page leads that was answered to a form on the page of this address. */
    private String wayOf(String referer) {
        var answer = browser().post("/sign-in/link", Map.of("email", "nobody"), "Referer", referer);
        assertThat(answer.statusCode()).isEqualTo(422);
        return Jsoup.parse(answer.body()).select("a[lang=en]").attr("href");
    }

    private static int form(Browser browser, String path, String body) {
        return send(browser, path, FORM, HttpRequest.BodyPublishers.ofString(body))
                .statusCode();
    }

    private static HttpResponse<String> send(
            Browser browser, String path, String type, HttpRequest.BodyPublisher body) {
        return browser.send(HttpRequest.newBuilder(browser.home().resolve(path))
                .header("Content-Type", type)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(body)
                .build());
    }

    private String raw(String line) throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: " + server.getHost() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
