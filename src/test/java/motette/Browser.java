package motette;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Reads pages and sends forms over HTTP as a browser without script does, hidden fields and cookies included. */
public final class Browser {

    private final URI home;
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public Browser(URI home) {
        this.home = home;
    }

    public Browser signIn(String person) {
        var answer = post("/sign-in/demo", Map.of("person", person));
        if (answer.statusCode() != 303) {
            throw new AssertionError("Cannot sign in as " + person + ": " + answer.statusCode());
        }
        return this;
    }

    public HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(home.resolve(path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** The page at the path, which must answer 200. */
    public Document page(String path) {
        var answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError("GET " + path + " answers " + answer.statusCode() + "\n" + answer.body());
        }
        return Jsoup.parse(answer.body(), home.resolve(path).toString());
    }

    /** Exactly these fields and nothing else: also for requests that no page of ours would send. */
    public HttpResponse<String> post(String path, Map<String, ?> fields, String... headers) {
        var pairs = new ArrayList<String>();
        fields.forEach((name, value) -> {
            for (var one : value instanceof Iterable<?> many ? many : java.util.List.of(value)) {
                pairs.add(encode(name) + "=" + encode(String.valueOf(one)));
            }
        });
        var request = HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(String.join("&", pairs)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    /** The token that forms of this person carry; empty for a guest. */
    public String token() {
        return page("/ideas/new/groups").select("form [name=csrf]").attr("value");
    }

    /** Exactly these fields, as a form with enctype multipart/form-data sends them, with the Origin that browsers add. */
    public HttpResponse<String> postParts(String path, Map<String, ?> fields) {
        var edge = "----edge-of-the-parts";
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(
                "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        return send(HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .header("Origin", home.toString())
                .POST(BodyPublishers.ofString(body + "--" + edge + "--\r\n"))
                .build());
    }

    /** A form with one file, and the Origin that browsers add. */
    public HttpResponse<String> postFile(String path, String field, String name, byte[] content) {
        return postFile(path, Map.of(), field, name, content);
    }

    /** The same with further fields. */
    public HttpResponse<String> postFile(
            String path, Map<String, ?> fields, String field, String name, byte[] content) {
        var edge = "----edge-of-the-parts";
        var before = new StringBuilder();
        fields.forEach((key, value) -> before.append(
                "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + key + "\"\r\n\r\n" + value + "\r\n"));
        var head = before + "--" + edge + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                + name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        return send(HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "multipart/form-data; boundary=" + edge)
                .header("Origin", home.toString())
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(content),
                        BodyPublishers.ofString("\r\n--" + edge + "--\r\n")))
                .build());
    }

    /** Sends the form with this action from the page: hidden fields come from the page, the others from the person. */
    public HttpResponse<String> submit(Document page, String action, Map<String, ?> typed) {
        var form = page.selectFirst("form[action=" + action + "]");
        if (form == null) {
            throw new AssertionError("No form to " + action + " on " + page.location());
        }
        var fields = new LinkedHashMap<String, Object>();
        form.select("input[type=hidden]").forEach(field -> fields.put(field.attr("name"), field.attr("value")));
        fields.putAll(typed);
        return form.attr("enctype").equals("multipart/form-data") ? postParts(action, fields) : post(action, fields);
    }

    /** Goes where the answer leads. */
    public Document follow(HttpResponse<String> answer) {
        return page(location(answer));
    }

    public static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError("No redirect but " + answer.statusCode() + "\n" + answer.body()));
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** For answers that are no text. */
    public HttpResponse<byte[]> sendForBytes(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public URI home() {
        return home;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
