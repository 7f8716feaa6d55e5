package motette.signin.oidc;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one provider: only the hosts that the operator named, over HTTPS, no redirects, a few seconds, a few kilobytes. So neither a
 * provider's discovery document nor an answer of it can make us ask anything else (server-side request forgery).
 */
final class Outside implements HTTPRequestSender, ResourceRetriever {

    static final int MOST_BYTES = 256 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Set<String> hosts;
    private final boolean plainAllowed;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /** @param plainAllowed whether a host of this very machine may be asked without TLS: in the demo city and in tests */
    Outside(Set<String> hosts, boolean plainAllowed) {
        this.hosts = hosts;
        this.plainAllowed = plainAllowed;
    }

    /** Whether an address may be asked, or a person be led to it. */
    boolean isAllowed(URI address) {
        var host = host(address);
        var scheme = String.valueOf(address.getScheme());
        return hosts.contains(host)
                && address.getRawUserInfo() == null
                && (scheme.equals("https") || scheme.equals("http") && plainAllowed && LOOPBACK.contains(host));
    }

    static String host(URI address) {
        return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    }

    @Override
    public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest asked) throws IOException {
        var request = HttpRequest.newBuilder(allowed(asked.getURI())).timeout(ANSWER);
        asked.getHeaderMap().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        var body = asked.getBody();
        var answer = send(request.method(
                        asked.getMethod().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
        var told = new HTTPResponse(answer.statusCode());
        answer.headers().firstValue("Content-Type").ifPresent(type -> {
            try {
                told.setContentType(type);
            } catch (ParseException unreadable) {
                // Left out: whoever parses the answer misses it and says so.
            }
        });
        told.setBody(answer.body());
        return told;
    }

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        try {
            var answer = send(HttpRequest.newBuilder(allowed(address.toURI()))
                    .timeout(ANSWER)
                    .header("Accept", "application/json")
                    .build());
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP status " + answer.statusCode());
            }
            return new Resource(answer.body(), "application/json");
        } catch (URISyntaxException unreadable) {
            throw new IOException("unreadable address", unreadable);
        }
    }

    private URI allowed(URI address) throws IOException {
        if (!isAllowed(address)) {
            throw new IOException("host not allowed: " + host(address));
        }
        return address;
    }

    /** The time holds for the whole answer; that of the request alone ends with the head. */
    private HttpResponse<String> send(HttpRequest request) throws IOException {
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer in " + ANSWER);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
