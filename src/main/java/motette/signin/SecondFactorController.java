package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import motette.people.Visitor;
import motette.shared.View;

/** Offers a passkey or an authenticator app; the first page after a sign-in by mail for whoever needs or could have one. */
@Controller("/me/second-factor")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class SecondFactorController {

    private final Factors factors;
    private final PasskeyCookies cookies;

    SecondFactorController(Factors factors, PasskeyCookies cookies) {
        this.factors = factors;
        this.cookies = cookies;
    }

    @Get
    HttpResponse<?> page(
            @QueryValue(defaultValue = "") String next,
            @QueryValue(defaultValue = "") String said,
            Visitor visitor,
            HttpRequest<?> request) {
        var held = factors.of(visitor.personId());
        var page = HttpResponse.ok(View.of(
                "signin/second-factor",
                new SecondFactorPage(
                        factors.isStaff(visitor.personId()),
                        held.passkeys(),
                        held.app(),
                        held.codes(),
                        next.isEmpty() ? "" : SignIns.safe(next),
                        said.equals("app-removed") ? said : "",
                        factors.addRefusal(visitor).stream().toList())));
        return cookies.couldMakeOne(request) ? cookies.rememberAsked(page) : page;
    }
}
