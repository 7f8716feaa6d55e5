package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cookies of a sign-in. Behind https their names begin with {@code __Host-}, so that browsers take them from this very
 * host only, by https only (RFC 6265bis section 4.1.3.2).
 * What a request earns, {@link SignInCookiesFilter} writes to its answer.
 */
@Singleton
final class SignInCookies {

    private static final String EARNED = "motette.sign-in.cookies";

    private final String access;
    private final String refresh;
    private final String asked;
    private final boolean secure;
    private final Clock clock;
    private final Duration accessLife;

    SignInCookies(
            @Value("${motette.secure-cookies}") boolean secure,
            @Value("${motette.sign-in.access}") Duration accessLife,
            Clock clock) {
        var prefix = secure ? "__Host-" : "";
        this.access = prefix + "motette";
        this.refresh = prefix + "motette-refresh";
        this.asked = prefix + "motette-asked";
        this.secure = secure;
        this.clock = clock;
        this.accessLife = accessLife;
    }

    Optional<String> access(HttpRequest<?> request) {
        return value(request, access);
    }

    Optional<String> refresh(HttpRequest<?> request) {
        return value(request, refresh).filter(token -> token.matches("[A-Za-z0-9_-]{43}"));
    }

    /** The secret of the browser that asked for a mail. */
    Optional<String> asked(HttpRequest<?> request) {
        return value(request, asked);
    }

    void earn(HttpRequest<?> request, Tokens tokens) {
        earn(request, cookie(access, tokens.access(), accessLife));
        earn(request, cookie(refresh, tokens.refresh(), Duration.between(clock.instant(), tokens.expiresAt())));
    }

    void earnAccess(HttpRequest<?> request, String token) {
        earn(request, cookie(access, token, accessLife));
    }

    void earnAsked(HttpRequest<?> request, String secret, Duration life) {
        earn(request, cookie(asked, secret, life));
    }

    void clear(HttpRequest<?> request) {
        earn(request, cookie(access, "", Duration.ZERO));
        earn(request, cookie(refresh, "", Duration.ZERO));
    }

    /**
     * What a browser keeps of a sign-in.
     *
     * @param expiresAt end of the refresh token
     */
    record Tokens(String access, String refresh, Instant expiresAt) {}

    /** Of one name the last counts. */
    private static void earn(HttpRequest<?> request, Cookie cookie) {
        var all = new ArrayList<>(earned(request));
        all.removeIf(earlier -> earlier.getName().equals(cookie.getName()));
        all.add(cookie);
        request.setAttribute(EARNED, all);
    }

    @SuppressWarnings("unchecked")
    static List<Cookie> earned(HttpRequest<?> request) {
        return (List<Cookie>) request.getAttribute(EARNED).orElseGet(List::of);
    }

    private static Optional<String> value(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(name).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    private Cookie cookie(String name, String value, Duration life) {
        return Cookie.of(name, value)
                .path("/")
                .maxAge(Math.max(0, life.toSeconds()))
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax);
    }
}
