package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.people.Person;
import motette.people.Persons;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.QrCodes;
import motette.shared.View;

/** Setting up and taking away an authenticator app, and making recovery codes. */
@Controller("/me")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AuthenticatorController {

    private static final String CODE = "code";

    private final AuthenticatorApps apps;
    private final RecoveryCodes recoveryCodes;
    private final Factors factors;
    private final Persons people;
    private final SignIns signIns;

    AuthenticatorController(
            AuthenticatorApps apps, RecoveryCodes recoveryCodes, Factors factors, Persons people, SignIns signIns) {
        this.apps = apps;
        this.recoveryCodes = recoveryCodes;
        this.factors = factors;
        this.people = people;
        this.signIns = signIns;
    }

    @Get("/authenticator")
    View page(Visitor visitor) {
        return page(visitor, Optional.empty(), Problems.none());
    }

    /** The page with the secret answers the form itself: it has no address, so no way back leads to it. */
    @Post("/authenticator")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> begin(Visitor visitor) {
        return HttpResponse.ok(page(visitor, Optional.of(apps.begin(visitor)), Problems.none()));
    }

    @Post("/authenticator/confirmation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> confirm(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        return switch (apps.finish(visitor, sent.getOrDefault(CODE, ""))) {
            case RIGHT -> signIns.strengthen(visitor, "/me/recovery-codes?after=app", request);
            case WRONG -> again(visitor, Problems.none().add(CODE, "authenticator.problem.code"));
            case WAIT -> again(visitor, Problems.none().add(CODE, "confirm.problem.wait", WrongCodes.WAIT.toMinutes()));
            case NOTHING -> again(visitor, Problems.none().add(CODE, "authenticator.problem.late"));
        };
    }

    @Post("/authenticator/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(Visitor visitor) {
        return apps.remove(visitor)
                ? HttpResponse.seeOther(URI.create("/me/second-factor?said=app-removed"))
                : HttpResponse.notFound();
    }

    @Get("/recovery-codes")
    View codes(HttpRequest<?> request, Visitor visitor) {
        return codes(visitor, List.of(), request.getParameters().get("after", String.class, ""));
    }

    /** Shown in the answer to the form, and nowhere else again. */
    @Post("/recovery-codes")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> makeCodes(Visitor visitor) {
        return HttpResponse.ok(codes(visitor, recoveryCodes.replace(visitor), ""));
    }

    private View codes(Visitor visitor, List<String> fresh, String after) {
        var held = factors.of(visitor.personId());
        return View.of(
                "signin/recovery-codes", new RecoveryCodesPage(fresh, held.codes(), held.any(), after.equals("app")));
    }

    private HttpResponse<?> again(Visitor visitor, Problems problems) {
        return HttpResponse.unprocessableEntity().body(page(visitor, apps.waiting(visitor.personId()), problems));
    }

    private View page(Visitor visitor, Optional<byte[]> secret, Problems problems) {
        var held = factors.of(visitor.personId());
        var uri = secret.map(bytes -> Totp.uri(bytes, account(visitor))).orElse("");
        return View.of(
                "signin/authenticator",
                new AuthenticatorPage(
                        held.app(),
                        held.codes(),
                        secret.map(bytes -> Totp.base32(bytes).replaceAll("(.{4})(?=.)", "$1 "))
                                .orElse(""),
                        uri,
                        uri.isEmpty() ? "" : QrCodes.box(uri),
                        uri.isEmpty() ? "" : QrCodes.path(uri),
                        AuthenticatorApps.SETUP_HOLDS.toMinutes(),
                        problems));
    }

    private String account(Visitor visitor) {
        return people.find(visitor.personId()).map(Person::email).orElse(visitor.pseudonym());
    }
}
