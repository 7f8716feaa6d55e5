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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import motette.limits.Blocked;
import motette.limits.FormGate;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.people.EmailAddress;
import motette.shared.Problems;
import motette.shared.View;

/**
 * Sign-in by mail. Opening a link changes nothing, because programs that scan mails open links too; the button signs in. The
 * code of the same mail is typed in the browser that asked.
 */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class SignInLinkController {

    private static final String CODE = "code";

    /** Nobody reads a page and types an address in less. */
    private static final Duration WRITING_TAKES = Duration.ofSeconds(2);

    private final SignInLinks links;
    private final SignIns signIns;
    private final SignInCookies cookies;
    private final SignInController signInPage;
    private final HttpLocaleResolver languages;
    private final Limits limits;
    private final Networks networks;
    private final FormGate gate;
    private final Blocked blocked;

    SignInLinkController(
            SignInLinks links,
            SignIns signIns,
            SignInCookies cookies,
            SignInController signInPage,
            HttpLocaleResolver languages,
            Limits limits,
            Networks networks,
            FormGate gate,
            Blocked blocked) {
        this.links = links;
        this.signIns = signIns;
        this.cookies = cookies;
        this.signInPage = signInPage;
        this.languages = languages;
        this.limits = limits;
        this.networks = networks;
        this.gate = gate;
        this.blocked = blocked;
    }

    /** Every request gets a browser secret of its own, so that an older one, planted or read, is worth nothing. */
    @Post("/sign-in/link")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> send(@Body Map<String, String> sent, HttpRequest<?> request) {
        var typed = sent.getOrDefault("email", "");
        var next = SignIns.safe(sent.getOrDefault("next", "/"));
        var address = EmailAddress.of(typed);
        if (address.isPresent()) {
            var browser = RefreshToken.fresh();
            if (maySend(address.get(), sent, request)) {
                links.send(address.get(), next, browser, languages.resolveOrDefault(request));
            }
            cookies.earnAsked(request, browser, SignInLinks.HOLDS);
            return HttpResponse.seeOther(URI.create("/sign-in/link"));
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(signInPage.page(request, next, typed, Problems.none().add("email", "sign-in.problem.email")));
        }
    }

    /**
     * Asked the same way for every address, and answered the same way whatever comes out. The address comes last: what sends no
     * mail anyway must not use up what its owner may have.
     */
    private boolean maySend(String address, Map<String, String> form, HttpRequest<?> request) {
        var odd = !gate.look(form, WRITING_TAKES).isEmpty();
        return limits.take("sign-in-link-per-network", networks.of(request))
                        .or(() -> odd ? limits.take("sign-in-link-odd", "") : Optional.empty())
                        .or(() -> limits.take("sign-in-link-all", ""))
                        .or(() -> limits.take("sign-in-link-per-address", address))
                        .isEmpty()
                && !blocked.isBlocked(address);
    }

    @Get("/sign-in/link")
    View sent(HttpRequest<?> request) {
        return sent(request, Problems.none());
    }

    /** A wrong code, one that is over and one that never was get the same answer. */
    @Post("/sign-in/code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> type(@Body Map<String, String> sent, HttpRequest<?> request) {
        var code = sent.getOrDefault(CODE, "").replaceAll("[\\s\\u00A0-]", "");
        if (code.matches("[0-9]{6}")) {
            return cookies.asked(request)
                    .flatMap(browser -> links.type(browser, code, languages.resolveOrDefault(request)))
                    .<HttpResponse<?>>map(arrival -> {
                        cookies.earnAsked(request, "", Duration.ZERO);
                        return signIns.welcome(arrival.person().id(), SignInMethod.CODE, arrival.next(), request);
                    })
                    .orElseGet(() -> again(request, "sign-in.problem.code"));
        } else {
            return again(request, "sign-in.problem.digits");
        }
    }

    @Get("/sign-in/link/{token}")
    HttpResponse<?> button(String token) {
        return links.isOpen(token) ? HttpResponse.ok(View.of("signin/link", Map.of("token", token))) : used();
    }

    @Post("/sign-in/link/{token}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> arrive(String token, HttpRequest<?> request) {
        return links.arrive(token, languages.resolveOrDefault(request))
                .<HttpResponse<?>>map(
                        arrival -> signIns.welcome(arrival.person().id(), SignInMethod.LINK, arrival.next(), request))
                .orElseGet(SignInLinkController::used);
    }

    private HttpResponse<?> again(HttpRequest<?> request, String problem) {
        return HttpResponse.unprocessableEntity()
                .body(sent(request, Problems.none().add(CODE, problem)));
    }

    private View sent(HttpRequest<?> request, Problems problems) {
        return View.of(
                "signin/link-sent",
                new LinkSentPage(
                        SignInLinks.HOLDS.toMinutes(), cookies.asked(request).isPresent(), problems));
    }

    private static HttpResponse<?> used() {
        return HttpResponse.status(HttpStatus.GONE).body(View.of("signin/link-used", Map.of()));
    }
}
