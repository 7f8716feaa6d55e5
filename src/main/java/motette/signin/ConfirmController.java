package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Problems;

/**
 * Somebody signed in shows a second factor. A form that was refused for want of one comes along in the fields of this one; the
 * answer 307 (RFC 9110 section 15.4.8) makes the browser send it once more to where it belongs, so nothing that was typed is
 * lost or kept here.
 */
@Controller("/sign-in/confirm")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ConfirmController {

    private final Confirming confirming;
    private final AuthenticatorApps apps;
    private final Passkeys passkeys;
    private final PasskeyCookies cookies;
    private final SignIns signIns;

    ConfirmController(
            Confirming confirming, AuthenticatorApps apps, Passkeys passkeys, PasskeyCookies cookies, SignIns signIns) {
        this.confirming = confirming;
        this.apps = apps;
        this.passkeys = passkeys;
        this.cookies = cookies;
        this.signIns = signIns;
    }

    @Get
    HttpResponse<?> page(@QueryValue(defaultValue = "/") String next, Visitor visitor) {
        return HttpResponse.ok(confirming.page(visitor, Confirming.Asked.to(next), Problems.none()));
    }

    @Post("/code")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> code(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        var verdict = apps.check(visitor.personId(), sent.getOrDefault(Confirming.CODE, ""));
        return answer(verdict, Confirming.CODE, visitor, request);
    }

    @Post("/recovery")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> recover(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        var verdict = apps.recover(visitor.personId(), sent.getOrDefault(Confirming.RECOVERY, ""));
        return answer(verdict, Confirming.RECOVERY, visitor, request);
    }

    @Post("/passkey/options")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ask(Visitor visitor) {
        var question = passkeys.askToConfirm(visitor);
        return HttpResponse.ok(question.options()).cookie(cookies.challenge(question.browserSecret()));
    }

    @Post("/passkey")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> passkey(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        return switch (passkeys.confirm(
                visitor, cookies.challenge(request), sent.getOrDefault(Confirming.CREDENTIAL, ""))) {
            case Passkeys.Shown.By shown -> cookies.rememberHere(goOn(visitor, request));
            case Passkeys.Shown.Not refused ->
                again(visitor, request, Problems.none().add("passkey", refused.problem()));
        };
    }

    private HttpResponse<?> answer(
            AuthenticatorApps.Verdict verdict, String field, Visitor visitor, HttpRequest<?> request) {
        return switch (verdict) {
            case RIGHT -> goOn(visitor, request);
            case WRONG, NOTHING ->
                again(visitor, request, Problems.none().add(field, "confirm.problem." + kind(field)));
            case WAIT ->
                again(
                        visitor,
                        request,
                        Problems.none().add(field, "confirm.problem.wait", WrongCodes.WAIT.toMinutes()));
        };
    }

    private static String kind(String field) {
        return field.equals(Confirming.CODE) ? "code" : "recovery";
    }

    private MutableHttpResponse<?> goOn(Visitor visitor, HttpRequest<?> request) {
        var asked = Confirming.Asked.of(request);
        return asked.again().isEmpty()
                ? signIns.strengthen(visitor, asked.next(), request)
                : signIns.strengthen(visitor, asked.again(), request).status(HttpStatus.TEMPORARY_REDIRECT);
    }

    private HttpResponse<?> again(Visitor visitor, HttpRequest<?> request, Problems problems) {
        return HttpResponse.unprocessableEntity()
                .body(confirming.page(visitor, Confirming.Asked.of(request), problems));
    }
}
