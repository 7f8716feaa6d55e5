package motette.signin;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Who comes by mail may be offered something better first: staff without a second factor every time, because they need one;
 * everybody else once on a device that can make a passkey.
 */
@Singleton
class FactorOffer {

    private final Factors factors;
    private final PasskeyCookies cookies;

    FactorOffer(Factors factors, PasskeyCookies cookies) {
        this.factors = factors;
        this.cookies = cookies;
    }

    /** Where to lead somebody who has just signed in without a second factor. */
    String before(String next, long personId, HttpRequest<?> request) {
        if (!factors.isStaff(personId) && !cookies.couldMakeOne(request)) {
            return next;
        } else {
            return factors.of(personId).any()
                    ? next
                    : "/me/second-factor?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        }
    }
}
