package motette.signin.oidc;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import motette.people.Visitor;
import motette.shared.View;
import motette.signin.SignIns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a provider and back. It begins with a link and not with a form: our pages let forms lead nowhere else
 * (Content-Security-Policy, form-action), and beginning changes nothing here.
 */
@Controller("/sign-in/oidc/{key}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class OidcController {

    private static final Logger LOG = LoggerFactory.getLogger(OidcController.class);

    /** How old a logout token may be (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
    private static final Duration LOGOUT_HOLDS = Duration.ofMinutes(5);

    private final Providers providers;
    private final Trips trips;
    private final Arrivals arrivals;
    private final HttpLocaleResolver languages;

    OidcController(Providers providers, Trips trips, Arrivals arrivals, HttpLocaleResolver languages) {
        this.providers = providers;
        this.trips = trips;
        this.arrivals = arrivals;
        this.languages = languages;
    }

    /** Where signing in with a provider begins. */
    static String path(String provider) {
        return "/sign-in/oidc/" + provider;
    }

    @Get
    HttpResponse<?> begin(String key, @QueryValue(defaultValue = "/") String next, HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        return providers
                .find(key)
                .<HttpResponse<?>>map(provider -> begin(provider, next, language))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/callback")
    HttpResponse<?> arrive(String key, HttpRequest<?> request, Visitor visitor) {
        var language = languages.resolveOrDefault(request);
        var state = request.getParameters().getFirst("state").orElse("");
        return providers
                .find(key)
                .<HttpResponse<?>>map(provider ->
                        arrive(provider, state, request, visitor, language).cookie(trips.gone(state)))
                .orElseGet(HttpResponse::notFound);
    }

    /** Why it did not come to its end; a page of its own, so that nothing the provider wrote stays in the address. */
    @Get("/failed")
    HttpResponse<?> failed(
            String key,
            @QueryValue(defaultValue = "") String why,
            @QueryValue(defaultValue = "/") String next,
            HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        return providers
                .find(key)
                .<HttpResponse<?>>flatMap(provider -> SignInFault.Why.find(why)
                        .map(reason -> HttpResponse.status(reason.status())
                                .body(View.of(
                                        "signin/oidc/failed",
                                        new FailedPage(
                                                reason.key(),
                                                provider.label(language),
                                                path(provider.key()) + "?next=" + encoded(SignIns.safe(next)),
                                                "/sign-in?next=" + encoded(SignIns.safe(next)))))))
                .orElseGet(HttpResponse::notFound);
    }

    /** Who signed out here may still be signed in with the provider. */
    @Get("/farewell")
    HttpResponse<?> farewell(String key, HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        return providers
                .find(key)
                .<HttpResponse<?>>flatMap(provider -> provider.farewell()
                        .map(link -> HttpResponse.ok(View.of(
                                "signin/oidc/farewell",
                                Map.of("label", provider.label(language), "link", link.toString())))))
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/")));
    }

    /** The provider tells us, server to server, that somebody signed out there. */
    @Post("/backchannel-logout")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ended(String key, @Body Map<String, String> sent) {
        return providers
                .find(key)
                .<HttpResponse<?>>map(provider -> ended(provider, sent.getOrDefault("logout_token", "")))
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> begin(Provider provider, String next, Locale language) {
        try {
            var trip = trips.begin(provider, SignIns.safe(next));
            return HttpResponse.seeOther(provider.authorization(trip, language)).cookie(trips.cookie(trip));
        } catch (SignInFault fault) {
            return failed(provider, SignIns.safe(next), fault);
        }
    }

    private MutableHttpResponse<?> arrive(
            Provider provider, String state, HttpRequest<?> request, Visitor visitor, Locale language) {
        var trip = trips.end(request, provider.key(), state);
        try {
            if (trip.isEmpty()) {
                throw new SignInFault(SignInFault.Why.STALE, "state");
            }
            var assertion = provider.redeem(trip.get(), parameters(request));
            return arrivals.arrive(assertion, visitor, trip.get().next(), language, request);
        } catch (SignInFault fault) {
            return failed(provider, trip.map(Trip::next).orElse("/"), fault);
        }
    }

    private HttpResponse<?> ended(Provider provider, String token) {
        try {
            var said = provider.ended(token);
            if (!trips.spend("logout", provider.key() + " " + said.getJWTID(), LOGOUT_HOLDS.multipliedBy(2))) {
                throw new SignInFault(SignInFault.Why.STALE, "logout token shown before");
            }
            int ended = arrivals.end(
                    provider.key(),
                    Optional.ofNullable(said.getSessionID()).map(sid -> sid.getValue()),
                    Optional.ofNullable(said.getSubject()).map(sub -> sub.getValue()));
            LOG.info("provider ended sign-ins provider={} count={}", provider.key(), ended);
            return HttpResponse.ok().header(HttpHeaders.CACHE_CONTROL, "no-store");
        } catch (SignInFault fault) {
            LOG.warn("logout of a provider refused provider={} why={}", provider.key(), fault.getMessage());
            return HttpResponse.badRequest().header(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static MutableHttpResponse<?> failed(Provider provider, String next, SignInFault fault) {
        LOG.warn(
                "sign-in with provider failed provider={} why={} detail={}",
                provider.key(),
                fault.why().key(),
                fault.getMessage());
        return HttpResponse.seeOther(
                URI.create(path(provider.key()) + "/failed?why=" + fault.why().key() + "&next=" + encoded(next)));
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** Repeated parameters are kept, so that the library refuses them. */
    private static Map<String, List<String>> parameters(HttpRequest<?> request) {
        return request.getParameters().asMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, same) -> one, TreeMap::new));
    }
}
