package motette.signin;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import motette.people.RoleName;
import motette.people.Visitor;
import org.reactivestreams.Publisher;

/**
 * Tells Micronaut Security who sends a request. Mostly the access token says it, without the database. When it is over, the
 * refresh token is exchanged before the request goes on, whatever the request is: nobody loses what they typed. What waits for
 * the database waits on a thread made for it.
 */
@Singleton
final class SignInFetcher implements AuthenticationFetcher<HttpRequest<?>> {

    private static final Pattern DATA = Pattern.compile("/(?:assets|api|oparl|photos|places|health)(?:/|$)");

    private final SignInCookies cookies;
    private final AccessTokens tokens;
    private final KeyRing ring;
    private final EndedSignIns ended;
    private final SignIns signIns;
    private final ExecutorService blocking;

    SignInFetcher(
            SignInCookies cookies,
            AccessTokens tokens,
            KeyRing ring,
            EndedSignIns ended,
            SignIns signIns,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.cookies = cookies;
        this.tokens = tokens;
        this.ring = ring;
        this.ended = ended;
        this.signIns = signIns;
        this.blocking = blocking;
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        var access = cookies.access(request);
        var refresh = cookies.refresh(request);
        if (access.isEmpty() && refresh.isEmpty()) {
            return Publishers.empty();
        }
        var known = access.flatMap(tokens::read);
        if (known.isEmpty() && isData(request.getPath())) {
            return Publishers.empty();
        } else if (known.isEmpty()) {
            return later(() -> access.filter(tokens::namesUnknownKey)
                    .flatMap(this::readWithNewKeys)
                    .filter(this::isRunning)
                    .or(() -> goOn(request, refresh)));
        } else {
            return switch (ended.of(signIn(known.get()))) {
                case RUNNING -> Publishers.just(known.get());
                case ENDED -> {
                    cookies.clear(request);
                    yield Publishers.empty();
                }
                case UNKNOWN ->
                    later(() -> {
                        var running = known.filter(this::isRunning);
                        if (running.isEmpty()) {
                            cookies.clear(request);
                        }
                        return running;
                    });
            };
        }
    }

    /** What pages fetch besides and caches may keep: a page comes first and renews. */
    private static boolean isData(String path) {
        return DATA.matcher(path).lookingAt();
    }

    /** A future of null is an empty stream. */
    private Publisher<Authentication> later(Supplier<Optional<Authentication>> answer) {
        return Publishers.fromCompletableFuture(
                () -> CompletableFuture.supplyAsync(() -> answer.get().orElse(null), blocking));
    }

    private Optional<Authentication> readWithNewKeys(String access) {
        ring.read();
        return tokens.read(access);
    }

    private boolean isRunning(Authentication authentication) {
        return signIns.isRunning(signIn(authentication));
    }

    private Optional<Authentication> goOn(HttpRequest<?> request, Optional<String> refresh) {
        var renewal = refresh.flatMap(signIns::renew);
        renewal.ifPresentOrElse(going -> cookies.earn(request, going.tokens()), () -> cookies.clear(request));
        return renewal.map(going -> authentication(going.visitor()));
    }

    private static Authentication authentication(Visitor visitor) {
        return Authentication.build(
                String.valueOf(visitor.personId()),
                visitor.roles().stream().map(RoleName::key).toList(),
                visitor.claims());
    }

    private static long signIn(Authentication authentication) {
        return Visitor.of(authentication).signIn();
    }
}
