package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
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
import motette.shared.Problems;
import motette.shared.View;

/** Sign-in by mail. Opening a link changes nothing, because programs that scan mails open links too; the button signs in. */
@Controller("/sign-in/link")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class SignInLinkController {

    private final SignInLinks links;
    private final SignIns signIns;
    private final SignInController signInPage;
    private final HttpLocaleResolver languages;

    SignInLinkController(
            SignInLinks links, SignIns signIns, SignInController signInPage, HttpLocaleResolver languages) {
        this.links = links;
        this.signIns = signIns;
        this.signInPage = signInPage;
        this.languages = languages;
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> send(@Body Map<String, String> sent, HttpRequest<?> request) {
        var typed = sent.getOrDefault("email", "");
        var next = SignIns.safe(sent.getOrDefault("next", "/"));
        var address = SignInLinks.address(typed);
        if (address.isPresent()) {
            links.send(address.get(), next, languages.resolveOrDefault(request));
            return HttpResponse.seeOther(URI.create("/sign-in/link"));
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(signInPage.page(next, typed, Problems.none().add("email", "sign-in.problem.email")));
        }
    }

    @Get
    View sent() {
        return View.of("signin/link-sent", Map.of("minutes", SignInLinks.HOLDS.toMinutes()));
    }

    @Get("/{token}")
    HttpResponse<?> button(String token) {
        return links.isOpen(token) ? HttpResponse.ok(View.of("signin/link", Map.of("token", token))) : used();
    }

    @Post("/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> arrive(String token, HttpRequest<?> request) {
        return links.arrive(token, languages.resolveOrDefault(request))
                .<HttpResponse<?>>map(
                        arrival -> signIns.welcome(arrival.person().id(), SignInMethod.LINK, arrival.next(), request))
                .orElseGet(SignInLinkController::used);
    }

    private static HttpResponse<?> used() {
        return HttpResponse.status(HttpStatus.GONE).body(View.of("signin/link-used", Map.of()));
    }
}
