package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** What browsers may do with our pages: nothing foreign, no framing, no keeping of personal pages. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(200)
final class BrowserRules {

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
                    + "form-action 'self'; frame-ancestors 'none'";

    private final boolean secure;

    BrowserRules(@Value("${motette.secure-cookies}") boolean secure) {
        this.secure = secure;
    }

    @ResponseFilter
    void rule(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.header("X-Content-Type-Options", "nosniff");
        if (!request.getPath().startsWith("/assets/")) {
            response.header("Content-Security-Policy", POLICY)
                    .header("Referrer-Policy", "same-origin")
                    .header("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
                    .header("Cross-Origin-Opener-Policy", "same-origin");
            if (secure) {
                response.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
            }
            if (!response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
                response.header(
                        HttpHeaders.CACHE_CONTROL, isPersonal(request, response) ? "no-store" : "private, no-cache");
            }
        }
    }

    private static boolean isPersonal(HttpRequest<?> request, MutableHttpResponse<?> response) {
        return request.getUserPrincipal().isPresent()
                && response.getContentType()
                        .filter(MediaType.TEXT_HTML_TYPE::matches)
                        .isPresent();
    }
}
