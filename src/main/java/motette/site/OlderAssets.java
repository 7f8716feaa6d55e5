package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page that was open before a deployment, or came from a copy of another version while one goes on, asks for style sheets and
 * scripts that are no longer here: it is sent to those of now instead of standing there without.
 */
@ServerFilter("/assets/**")
final class OlderAssets {

    private static final Pattern VERSIONED = Pattern.compile("/assets/([0-9a-z]{1,16})(/[0-9A-Za-z._/-]+)");

    private final String version;

    OlderAssets(@Value("${motette.assets.version}") String version) {
        this.version = version;
    }

    /** Never kept by anybody: the address may soon mean something else, or again what it said. */
    @RequestFilter
    @Nullable
    HttpResponse<?> toThoseOfNow(HttpRequest<?> request) {
        var asked = VERSIONED.matcher(request.getPath());
        return asked.matches() && !asked.group(1).equals(version)
                ? HttpResponse.temporaryRedirect(URI.create("/assets/" + version + asked.group(2)))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                : null;
    }
}
