package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.time.Duration;

/** What a browser keeps for passkeys: the secret of the challenge it asked for, and whether this device has a passkey for us. */
@Singleton
class PasskeyCookies {

    /** Written by the script {@code passkey.js} too, which knows what the device can do; says nothing of the person. */
    private static final String DEVICE = "motette-passkey";

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration HALF_YEAR = Duration.ofDays(180);

    private final boolean secure;
    private final String challenge;

    PasskeyCookies(@Value("${motette.secure-cookies}") boolean secure) {
        this.secure = secure;
        this.challenge = (secure ? "__Host-" : "") + "motette-challenge";
    }

    /** The secret of the challenge that this browser asked for last; empty where it has none. */
    String challenge(HttpRequest<?> request) {
        return request.getCookies().findCookie(challenge).map(Cookie::getValue).orElse("");
    }

    Cookie challenge(String secret) {
        return cookie(challenge, secret, PasskeyChallenges.HOLDS).httpOnly(true).sameSite(SameSite.Strict);
    }

    /** Whether this device has signed in here with a passkey or made one. */
    boolean hasOne(HttpRequest<?> request) {
        return says(request, "here");
    }

    /** Whether this device could make a passkey and nobody was asked yet. */
    boolean couldMakeOne(HttpRequest<?> request) {
        return says(request, "able");
    }

    <T extends MutableHttpResponse<?>> T rememberHere(T response) {
        response.cookie(cookie(DEVICE, "here", YEAR).sameSite(SameSite.Lax));
        return response;
    }

    <T extends MutableHttpResponse<?>> T rememberAsked(T response) {
        response.cookie(cookie(DEVICE, "later", HALF_YEAR).sameSite(SameSite.Lax));
        return response;
    }

    private static boolean says(HttpRequest<?> request, String word) {
        return request.getCookies()
                .findCookie(DEVICE)
                .filter(cookie -> cookie.getValue().equals(word))
                .isPresent();
    }

    private Cookie cookie(String name, String value, Duration life) {
        return Cookie.of(name, value).path("/").maxAge(life).secure(secure);
    }
}
