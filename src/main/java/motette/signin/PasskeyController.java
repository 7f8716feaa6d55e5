package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import java.net.URI;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** Somebody's passkeys: which there are, a new one, its name, away with it. */
@Controller("/me/passkeys")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class PasskeyController {

    private static final String HERE = "/me/passkeys";

    private final Passkeys passkeys;
    private final Factors factors;
    private final PasskeyCookies cookies;
    private final SignIns signIns;

    PasskeyController(Passkeys passkeys, Factors factors, PasskeyCookies cookies, SignIns signIns) {
        this.passkeys = passkeys;
        this.factors = factors;
        this.cookies = cookies;
        this.signIns = signIns;
    }

    @Get
    View page(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        return page(visitor, said.matches("added|renamed|removed") ? said : "", 0, "", Problems.none());
    }

    @Post("/options")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ask(Visitor visitor) {
        var question = passkeys.askToAdd(visitor);
        return HttpResponse.ok(question.options()).cookie(cookies.challenge(question.browserSecret()));
    }

    /** Making a passkey shows it: the sign-in is strong from here on. */
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> add(@Body Map<String, String> sent, Visitor visitor, HttpRequest<?> request) {
        var problem = passkeys.add(
                visitor, cookies.challenge(request), sent.getOrDefault("credential", ""), Device.of(request));
        if (problem.isEmpty()) {
            var next = SignIns.safe(sent.getOrDefault("next", HERE));
            return cookies.rememberHere(
                    signIns.strengthen(visitor, next.equals(HERE) ? HERE + "?said=added" : next, request));
        } else {
            return HttpResponse.unprocessableEntity()
                    .body(page(visitor, "", 0, "", Problems.none().add("passkey", problem.get())));
        }
    }

    @Post("/{id}/label")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> rename(long id, @Body Map<String, String> sent, Visitor visitor) {
        var typed = sent.getOrDefault(Passkeys.LABEL, "");
        var problems = passkeys.problems(typed);
        if (problems.isEmpty()) {
            return passkeys.rename(visitor.personId(), id, typed) ? back("renamed") : HttpResponse.notFound();
        } else {
            return HttpResponse.unprocessableEntity().body(page(visitor, "", id, typed, problems));
        }
    }

    @Post("/{id}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(long id, Visitor visitor) {
        return passkeys.remove(visitor, id) ? back("removed") : HttpResponse.notFound();
    }

    private View page(Visitor visitor, String said, long editing, String typed, Problems problems) {
        return View.of(
                "signin/passkeys",
                new PasskeysPage(
                        passkeys.of(visitor.personId()).stream()
                                .map(passkey ->
                                        PasskeysPage.Row.of(passkey, passkey.id() == editing ? typed : passkey.label()))
                                .toList(),
                        factors.addRefusal(visitor).stream().toList(),
                        said,
                        editing,
                        problems));
    }

    private static HttpResponse<?> back(String said) {
        return HttpResponse.seeOther(URI.create(HERE + "?said=" + said));
    }
}
