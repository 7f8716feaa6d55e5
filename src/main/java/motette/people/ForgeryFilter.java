package motette.people;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.security.authentication.Authentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses what another site makes a browser send. The browser's own word on where a request comes from
 * (Sec-Fetch-Site, Origin) holds for every unsafe request; forms of somebody signed in must carry their token besides.
 * Uploads (multipart) must come with the browser's word, and a token they bring in the header must be right.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ForgeryFilter implements Ordered {

    private static final String TOKEN = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final FormTokens tokens;

    ForgeryFilter(FormTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }

    @RequestFilter
    CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
        var visitor =
                request.getUserPrincipal(Authentication.class).map(Visitor::of).orElse(Visitor.GUEST);
        if (SAFE.contains(request.getMethodName())) {
            return passed(request);
        } else if (comesFromElsewhere(request)) {
            return CompletableFuture.failedFuture(new ForgedRequest("another site"));
        } else if (!visitor.isSignedIn() || signsIn(request.getPath())) {
            return passed(request);
        } else if (isMultipart(request) && !request.getHeaders().contains(TOKEN)) {
            return request.getHeaders().contains(HttpHeaders.ORIGIN)
                            || request.getHeaders().contains("Sec-Fetch-Site")
                    ? passed(request)
                    : CompletableFuture.failedFuture(new ForgedRequest("upload of unknown origin"));
        } else {
            return checkToken((ServerHttpRequest<?>) request, visitor);
        }
    }

    private CompletionStage<HttpRequest<?>> checkToken(ServerHttpRequest<?> request, Visitor visitor) {
        var header = request.getHeaders().get(TOKEN);
        if (header != null) {
            return tokens.fits(visitor, header)
                    ? passed(request)
                    : CompletableFuture.failedFuture(new ForgedRequest("wrong header"));
        } else {
            return request.byteBody()
                    .split(ByteBody.SplitBackpressureMode.FASTEST)
                    .buffer()
                    .thenApply(body -> {
                        try (body) {
                            var form = SentForm.of(body.toString(StandardCharsets.UTF_8));
                            if (!tokens.fits(visitor, form.value(FormTokens.FIELD))) {
                                throw new ForgedRequest("wrong token");
                            }
                            form.keepIn(request);
                            return request;
                        }
                    });
        }
    }

    private static boolean comesFromElsewhere(HttpRequest<?> request) {
        var site = request.getHeaders().get("Sec-Fetch-Site");
        var origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        } else {
            return origin != null && !host(origin).equals(request.getHeaders().get(HttpHeaders.HOST));
        }
    }

    private static String host(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }

    private static boolean isMultipart(HttpRequest<?> request) {
        return request.getContentType()
                .filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches)
                .isPresent();
    }

    /** Who signs in anew brings no token of the sign-in before; who confirms stays signed in. */
    private static boolean signsIn(String path) {
        return path.startsWith("/sign-in") && !path.startsWith("/sign-in/confirm");
    }

    private static CompletionStage<HttpRequest<?>> passed(HttpRequest<?> request) {
        return CompletableFuture.completedFuture(request);
    }
}
