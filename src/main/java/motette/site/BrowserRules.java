package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What browsers may do with our answers, of whatever kind: nothing foreign, nothing inline, no framing, no guessing of types, no
 * keeping of personal pages.
 */
@Singleton
final class BrowserRules {

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    /** Everything that a page could ask a device for is off but the place, and the passkeys of the sign-in. */
    private static final String PERMISSIONS =
            "geolocation=(self), publickey-credentials-create=(self), publickey-credentials-get=(self), "
                    + Stream.of(
                                    "accelerometer",
                                    "autoplay",
                                    "camera",
                                    "cross-origin-isolated",
                                    "display-capture",
                                    "encrypted-media",
                                    "fullscreen",
                                    "gyroscope",
                                    "hid",
                                    "idle-detection",
                                    "magnetometer",
                                    "microphone",
                                    "midi",
                                    "payment",
                                    "picture-in-picture",
                                    "screen-wake-lock",
                                    "serial",
                                    "usb",
                                    "xr-spatial-tracking")
                            .map(feature -> feature + "=()")
                            .collect(Collectors.joining(", "));

    /** Two years, as the lists of browsers want it. */
    private static final String ONLY_HTTPS = "max-age=63072000; includeSubDomains";

    static final String FOR_EVER = "public, max-age=31536000, immutable";

    /**
     * Paths of pages that say the same to everybody who sends no cookie: no one's own, and no address that is a secret. The worker on
     * a device keeps these and no others; written so that a browser reads it too.
     */
    static final Pattern FOR_EVERYBODY = Pattern.compile("^/(?:ideas(?:/[0-9]+|/offline)?|districts(?:/[a-z0-9-]+)?"
            + "|budgets(?:/[a-z0-9-]+/[a-z0-9-]+/[0-9]{4})?|council(?:/[a-z0-9-]+/[0-9]{4})?"
            + "|about|allocation/how|accessibility|imprint|privacy|offline)?$");

    private static final String RESOURCES = "Cross-Origin-Resource-Policy";

    private final boolean secure;

    BrowserRules(@Value("${motette.secure-cookies}") boolean secure) {
        this.secure = secure;
    }

    /** Told again, it changes nothing. */
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders()
                .set("X-Content-Type-Options", "nosniff")
                .set("Content-Security-Policy", POLICY)
                .set("Referrer-Policy", "same-origin")
                .set("Permissions-Policy", PERMISSIONS)
                .set("Cross-Origin-Opener-Policy", "same-origin");
        if (secure) {
            response.getHeaders().set("Strict-Transport-Security", ONLY_HTTPS);
        }
        if (!response.getHeaders().contains(RESOURCES)) {
            response.header(RESOURCES, request.getPath().matches("/(api|oparl)/.*") ? "cross-origin" : "same-origin");
        }
        if (isPage(response)) {
            response.getHeaders().set(HttpHeaders.VARY, "Accept-Encoding, Accept-Language, Cookie");
        } else if (!response.getHeaders().contains(HttpHeaders.VARY)) {
            response.header(HttpHeaders.VARY, "Accept-Encoding");
        }
        if (!response.getHeaders().contains(HttpHeaders.CACHE_CONTROL)) {
            response.header(HttpHeaders.CACHE_CONTROL, caching(request, response));
        }
    }

    private static String caching(HttpRequest<?> request, MutableHttpResponse<?> response) {
        if (isAsset(request, response)) {
            return FOR_EVER;
        } else if (isPersonal(request)) {
            return "no-store";
        } else {
            return isForEverybody(request, response) ? "no-cache" : "private, no-cache";
        }
    }

    private static boolean isForEverybody(HttpRequest<?> request, MutableHttpResponse<?> response) {
        return request.getMethodName().equals("GET")
                && response.status().getCode() == 200
                && !request.getHeaders().contains(HttpHeaders.COOKIE)
                && FOR_EVERYBODY.matcher(request.getPath()).matches();
    }

    /** Their address has their version in it. */
    private static boolean isAsset(HttpRequest<?> request, MutableHttpResponse<?> response) {
        return request.getPath().startsWith("/assets/") && response.status().getCode() < 400;
    }

    /** Also of a guest: drafts, and pages whose address is a secret. */
    private static boolean isPersonal(HttpRequest<?> request) {
        return request.getUserPrincipal().isPresent()
                || request.getPath().startsWith("/ideas/new")
                || request.getPath().startsWith("/sign-in");
    }

    private static boolean isPage(MutableHttpResponse<?> response) {
        return response.getContentType()
                .filter(MediaType.TEXT_HTML_TYPE::matches)
                .isPresent();
    }

    /** What went wrong before any filter saw it hears the rules from {@link ErrorPages}. */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    @Order(200)
    static final class Filter {

        private final BrowserRules rules;

        Filter(BrowserRules rules) {
            this.rules = rules;
        }

        @ResponseFilter
        void rule(HttpRequest<?> request, MutableHttpResponse<?> response) {
            rules.tell(request, response);
        }
    }
}
