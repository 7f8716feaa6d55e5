package motette.signin;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/** A browser whose cookies a test takes out, keeps, changes and puts back: an attacker's, or one whose network fails. */
final class CookieJar {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final URI home;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    CookieJar(URI home) {
        this.home = home;
    }

    CookieJar signIn(String person) {
        post("/sign-in/demo", Map.of("person", person));
        return this;
    }

    /** The same cookies in a second hand, perhaps on another copy of the application. */
    CookieJar copy(URI there) {
        var copy = new CookieJar(there);
        copy.cookies.putAll(cookies);
        return copy;
    }

    CookieJar put(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    String take(String name) {
        return cookies.getOrDefault(name, "");
    }

    CookieJar drop(String name) {
        cookies.remove(name);
        return this;
    }

    boolean isSignedIn() {
        return get("/me").statusCode() == 200;
    }

    String token() {
        return Jsoup.parse(get("/me").body()).select("form [name=csrf]").attr("value");
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build(), true);
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        return send(postRequest(path, fields, headers), true);
    }

    /** The answer is lost on its way: its cookies never arrive. */
    HttpResponse<String> getAndLose(String path) {
        return send(request(path).GET().build(), false);
    }

    private HttpRequest postRequest(String path, Map<String, String> fields, String... headers) {
        return request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(home.resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request, boolean keep) {
        try {
            var answer = CLIENT.send(request, BodyHandlers.ofString());
            if (keep) {
                answer.headers().allValues("Set-Cookie").forEach(this::keep);
            }
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String line) {
        var pair = line.substring(0, (line + ";").indexOf(';'));
        var name = pair.substring(0, pair.indexOf('='));
        if (line.contains("Max-Age=0;") || line.endsWith("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
    }
}
