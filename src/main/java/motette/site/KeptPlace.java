package motette.site;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import motette.places.Places;
import motette.places.Quarter;

/** The quarter that somebody asked a device to remember: in a cookie of that device and nowhere else. */
@Singleton
final class KeptPlace {

    private static final String NAME = "place";

    private final Places places;
    private final boolean secure;

    KeptPlace(Places places, @Value("${motette.secure-cookies}") boolean secure) {
        this.places = places;
        this.secure = secure;
    }

    Optional<Quarter> of(HttpRequest<?> request) {
        return request.getCookies().findCookie(NAME).map(Cookie::getValue).flatMap(places::quarter);
    }

    Cookie keep(Quarter quarter) {
        return cookie(quarter.key(), Duration.ofDays(365));
    }

    Cookie forget() {
        return cookie("", Duration.ZERO);
    }

    private Cookie cookie(String value, Duration age) {
        return Cookie.of(NAME, value)
                .path("/")
                .maxAge(age)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax);
    }
}
