package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.shared.Problems;

/** Sign-in with a passkey of the device; who it is, the passkey says. */
@Controller("/sign-in/passkey")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class PasskeySignInController {

    private final Passkeys passkeys;
    private final PasskeyCookies cookies;
    private final SignIns signIns;
    private final SignInController signInPage;
    private final Limits limits;
    private final Networks networks;

    PasskeySignInController(
            Passkeys passkeys,
            PasskeyCookies cookies,
            SignIns signIns,
            SignInController signInPage,
            Limits limits,
            Networks networks) {
        this.limits = limits;
        this.networks = networks;
        this.passkeys = passkeys;
        this.cookies = cookies;
        this.signIns = signIns;
        this.signInPage = signInPage;
    }

    @Post("/options")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ask(HttpRequest<?> request) {
        limits.demand("passkey-questions-per-network", networks.of(request));
        var question = passkeys.askToSignIn();
        return HttpResponse.ok(question.options()).cookie(cookies.challenge(question.browserSecret()));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> signIn(@Body Map<String, String> sent, HttpRequest<?> request) {
        var next = SignIns.safe(sent.getOrDefault("next", "/"));
        return switch (passkeys.signIn(cookies.challenge(request), sent.getOrDefault("credential", ""))) {
            case Passkeys.Shown.By shown ->
                cookies.rememberHere(signIns.welcome(shown.personId(), SignInMethod.PASSKEY, next, request));
            case Passkeys.Shown.Not refused ->
                HttpResponse.unprocessableEntity()
                        .body(signInPage.page(request, next, "", Problems.none().add("passkey", refused.problem())));
        };
    }
}
