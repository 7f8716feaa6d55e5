package motette.residence;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import motette.signin.SignIns;

/** Where somebody was who has to show first where they live: they go on there, also when the code comes by letter days later. */
final class WayBack {

    private static final String NAME = "way-back";
    private static final Duration KEPT = Duration.ofDays(14);

    private WayBack() {}

    /** A path of this site; empty where none is known. */
    static String of(HttpRequest<?> request, String asked) {
        return safe(asked.isEmpty() ? kept(request) : asked);
    }

    static Cookie keep(String path, boolean secure) {
        return Cookie.of(NAME, URLEncoder.encode(path, StandardCharsets.UTF_8))
                .path("/residence")
                .maxAge(KEPT)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax);
    }

    private static String kept(HttpRequest<?> request) {
        return request.getCookies()
                .findCookie(NAME)
                .map(Cookie::getValue)
                .filter(value -> value.matches("[A-Za-z0-9%._*+-]{1,300}"))
                .filter(value -> value.matches("(?:[^%]|%[0-9A-Fa-f]{2})*"))
                .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** Only a path of this site is followed, and no page of this one again. */
    private static String safe(String path) {
        var safe = SignIns.safe(path);
        return safe.equals("/") || safe.startsWith("/residence") ? "" : safe;
    }
}
