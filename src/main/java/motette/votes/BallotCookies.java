package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;

/** What a browser holds of a ballot that is not cast: the ticket of its choice, and the seed of its order. */
@Singleton
class BallotCookies {

    private static final String TICKET = "choice";
    private static final String ORDER = "order";
    private static final String PLACE = "/votes";
    private static final long ORDERS = 1_000_000_000_000_000_000L;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final boolean secure;

    BallotCookies(@Value("${motette.secure-cookies}") boolean secure) {
        this.secure = secure;
    }

    /** Empty where there is none. */
    String ticket(HttpRequest<?> request) {
        return value(request, TICKET, "[A-Za-z0-9_-]{43}");
    }

    /** 0 where there is none. */
    long order(HttpRequest<?> request) {
        var value = value(request, ORDER, "\\d{1,18}");
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    static long newOrder() {
        return 1 + RANDOM.nextLong(ORDERS - 1);
    }

    /** A ticket is for one round; several rounds may run beside each other. */
    Cookie keep(Round round, String ticket) {
        return cookie(TICKET, ticket, PLACE + "/" + round.slug(), KeptChoices.KEPT);
    }

    Cookie forget(String slug) {
        return cookie(TICKET, "", PLACE + "/" + slug, Duration.ZERO);
    }

    Cookie keepOrder(long order) {
        return cookie(ORDER, String.valueOf(order), PLACE, Duration.ofDays(30));
    }

    private static String value(HttpRequest<?> request, String name, String pattern) {
        return request.getCookies()
                .findCookie(name)
                .map(Cookie::getValue)
                .filter(value -> value.matches(pattern))
                .orElse("");
    }

    private Cookie cookie(String name, String value, String path, Duration age) {
        return Cookie.of(name, value)
                .path(path)
                .maxAge(age)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax);
    }
}
