package motette.signin.oidc;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.View;

/** For somebody whom a provider has proven and whose address has an account here: they show once that the account is theirs. */
@Controller(Arrivals.LINKING)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class LinkingController {

    private final Arrivals arrivals;
    private final Providers providers;
    private final SealedCookies cookies;
    private final HttpLocaleResolver languages;

    LinkingController(Arrivals arrivals, Providers providers, SealedCookies cookies, HttpLocaleResolver languages) {
        this.arrivals = arrivals;
        this.providers = providers;
        this.cookies = cookies;
        this.languages = languages;
    }

    @Get
    HttpResponse<?> ask(HttpRequest<?> request, Visitor visitor) {
        var language = languages.resolveOrDefault(request);
        if (visitor.isSignedIn()) {
            return HttpResponse.seeOther(URI.create(Arrivals.LINKING_SIGNED_IN));
        } else {
            return arrivals.pending(request)
                    .flatMap(pending -> providers
                            .find(pending.provider())
                            .map(provider -> View.of(
                                    "signin/oidc/linking",
                                    Map.of(
                                            "label", provider.label(language),
                                            "email", pending.email(),
                                            "next", Arrivals.LINKING_SIGNED_IN))))
                    .<HttpResponse<?>>map(HttpResponse::ok)
                    .orElseGet(LinkingController::over);
        }
    }

    /** "This is not my account": a new one beside it. Only an identity proven in this browser gets here. */
    @Post("/apart")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> apart(HttpRequest<?> request) {
        var language = languages.resolveOrDefault(request);
        return arrivals.pending(request)
                .<HttpResponse<?>>map(pending ->
                        arrivals.joinApart(pending, language, request).cookie(cookies.gone(Arrivals.PENDING)))
                .orElseGet(LinkingController::over);
    }

    static HttpResponse<?> over() {
        return HttpResponse.status(HttpStatus.GONE).body(View.of("signin/oidc/over", Map.of()));
    }
}
