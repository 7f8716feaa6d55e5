package motette.signin.oidc;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Ways to a provider and back: each ends once, in the browser that began it, within ten minutes. Several tabs may be under way at
 * the same time.
 */
@Singleton
class Trips {

    static final Duration HOLDS = Duration.ofMinutes(10);

    private final SealedCookies cookies;
    private final IdentityRepository identities;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Trips(SealedCookies cookies, IdentityRepository identities, Clock clock) {
        this.cookies = cookies;
        this.identities = identities;
        this.clock = clock;
    }

    Trip begin(Provider provider, String next) {
        return new Trip(provider.key(), secret(), secret(), secret(), next);
    }

    /** What the browser keeps of it. */
    Cookie cookie(Trip trip) {
        return cookies.seal(name(trip.state()), trip.told(), HOLDS);
    }

    Cookie gone(String state) {
        return cookies.gone(name(state));
    }

    /**
     * Ends the trip that this browser began to this provider with this state.
     *
     * @return empty when there is none, it is over, or it ended before
     */
    @Transactional
    public Optional<Trip> end(HttpRequest<?> request, String provider, String state) {
        return cookies.open(request, name(state))
                .map(Trip::of)
                .filter(trip -> trip.provider().equals(provider) && same(trip.state(), state))
                .filter(trip -> spend("state", trip.state(), HOLDS.multipliedBy(2)));
    }

    /**
     * Takes note of what may come once only.
     *
     * @param holds how long it could be believed if it came again
     * @return whether it came for the first time
     */
    @Transactional
    public boolean spend(String kind, String what, Duration holds) {
        return identities.spend(
                        HexFormat.of().formatHex(SealedCookies.sha256(kind, what)),
                        clock.instant().plus(holds))
                == 1;
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "3m")
    void forget() {
        identities.forgetSpent(clock.instant());
    }

    private String secret() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String name(String state) {
        return "trip-" + HexFormat.of().formatHex(SealedCookies.sha256("trip", state), 0, 6);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(SealedCookies.sha256(one), SealedCookies.sha256(other));
    }
}
