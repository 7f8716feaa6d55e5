package motette.site;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.http.server.util.locale.CompositeHttpLocaleResolver;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import motette.shared.Languages;

/** The language of the page: asked for in the address, chosen before, or offered by the browser; else the standard one. */
@Singleton
@Primary
@Replaces(CompositeHttpLocaleResolver.class)
final class ReadersLanguage implements HttpLocaleResolver {

    static final String PARAMETER = "lang";

    @Override
    public Optional<Locale> resolve(HttpRequest<?> request) {
        return request.getParameters()
                .getFirst(PARAMETER)
                .flatMap(Languages::find)
                .or(() ->
                        request.getCookies().findCookie(PARAMETER).flatMap(cookie -> Languages.find(cookie.getValue())))
                .or(() -> offered(request))
                .or(() -> Optional.of(Languages.standard()));
    }

    @Override
    public Locale resolveOrDefault(HttpRequest<?> request) {
        return resolve(request).orElse(Languages.standard());
    }

    private static Optional<Locale> offered(HttpRequest<?> request) {
        var accepted = request.getHeaders().get("Accept-Language");
        if (accepted == null || accepted.length() > 200) {
            return Optional.empty();
        } else {
            try {
                return Languages.lookUp(Locale.LanguageRange.parse(accepted));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /** A language chosen in the address is kept on the device. */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    @Order(100)
    static final class Keeper {

        @ResponseFilter
        void keep(HttpRequest<?> request, MutableHttpResponse<?> response) {
            if (request.getUri().getRawQuery() != null && isPage(request.getPath())) {
                request.getParameters()
                        .getFirst(PARAMETER)
                        .flatMap(Languages::find)
                        .ifPresent(locale -> response.cookie(Cookie.of(PARAMETER, Languages.tag(locale))
                                .path("/")
                                .maxAge(Duration.ofDays(365))
                                .sameSite(SameSite.Lax)
                                .httpOnly(true)));
            }
        }

        private static boolean isPage(String path) {
            return Stream.of("/photos/", "/places/", "/assets/", "/api/", "/oparl/", "/manifest.webmanifest")
                    .noneMatch(path::startsWith);
        }
    }
}
