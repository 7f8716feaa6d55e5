package motette.signin;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.generator.AccessTokenConfiguration;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import motette.people.Visitor;

/** Whoever opens a page in the second half of their sign-in gets a new one, so that nobody loses what they are typing. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(150)
final class SignInRenewal {

    private final SignIns signIns;
    private final Clock clock;
    private final Duration half;
    private final ExecutorService blocking;

    SignInRenewal(
            SignIns signIns,
            Clock clock,
            AccessTokenConfiguration tokens,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.signIns = signIns;
        this.clock = clock;
        this.half = Duration.ofSeconds(tokens.getExpiration()).dividedBy(2);
        this.blocking = blocking;
    }

    @ResponseFilter
    CompletionStage<MutableHttpResponse<?>> renew(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var signedIn = request.getUserPrincipal(Authentication.class);
        if (signedIn.isPresent() && isPage(request, response) && isOld(signedIn.get())) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        signIns.cookies(Visitor.of(signedIn.get()), request).forEach(response::cookie);
                        return response;
                    },
                    blocking);
        } else {
            return CompletableFuture.completedFuture(response);
        }
    }

    private static boolean isPage(HttpRequest<?> request, MutableHttpResponse<?> response) {
        return request.getMethod() == HttpMethod.GET
                && response.status() == HttpStatus.OK
                && response.getContentType()
                        .filter(MediaType.TEXT_HTML_TYPE::matches)
                        .isPresent();
    }

    private boolean isOld(Authentication authentication) {
        return end(authentication).isBefore(clock.instant().plus(half));
    }

    private static Instant end(Authentication authentication) {
        return switch (authentication.getAttributes().get("exp")) {
            case Date date -> date.toInstant();
            case Number seconds -> Instant.ofEpochSecond(seconds.longValue());
            case null, default -> Instant.MAX;
        };
    }
}
