package motette.signin;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;

/**
 * Writes the cookies that a request earned to its answer, also to a refusal or a fault: a refresh token that did not arrive
 * would cost the sign-in. No cache may keep such an answer.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class SignInCookiesFilter implements Ordered {

    @Override
    public int getOrder() {
        return ServerFilterPhase.FIRST.before();
    }

    @ResponseFilter
    void write(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var earned = SignInCookies.earned(request);
        if (!earned.isEmpty()) {
            earned.forEach(response::cookie);
            response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
