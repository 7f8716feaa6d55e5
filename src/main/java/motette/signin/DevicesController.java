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
import motette.shared.View;

/** Where somebody is signed in, and how they end it. */
@Controller("/me/sign-ins")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class DevicesController {

    private final SignIns signIns;
    private final SignInRows rows;

    DevicesController(SignIns signIns, SignInRows rows) {
        this.signIns = signIns;
        this.rows = rows;
    }

    @Get
    View page(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        return View.of(
                "signin/devices",
                new DevicesPage(
                        rows.running(visitor.personId(), visitor.signIn()), said.matches("one|others") ? said : ""));
    }

    /** One of one's own; that of somebody else is not there. */
    @Post("/{id}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(long id, Visitor visitor, HttpRequest<?> request) {
        if (id == visitor.signIn()) {
            signIns.signOut(visitor, request);
            return SignInController.left("/");
        } else if (signIns.end(visitor.personId(), id)) {
            return HttpResponse.seeOther(URI.create("/me/sign-ins?said=one"));
        } else {
            return HttpResponse.notFound();
        }
    }

    /** All others; with {@code here} this one too. */
    @Post("/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> endAll(@Body Map<String, String> form, Visitor visitor, HttpRequest<?> request) {
        signIns.endOthers(visitor);
        if (form.containsKey("here")) {
            signIns.signOut(visitor, request);
            return SignInController.left("/");
        } else {
            return HttpResponse.seeOther(URI.create("/me/sign-ins?said=others"));
        }
    }
}
