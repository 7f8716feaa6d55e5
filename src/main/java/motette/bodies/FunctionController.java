package motette.bodies;

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
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;

/** What I am elsewhere, so that nobody has to ask in the session. */
@Controller("/bodies/functions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class FunctionController {

    private final Functions functions;
    private final BodyRights rights;
    private final Clock clock;

    FunctionController(Functions functions, BodyRights rights, Clock clock) {
        this.functions = functions;
        this.rights = rights;
        this.clock = clock;
    }

    @Get
    View mine(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        var page = page(
                visitor,
                FunctionForm.EMPTY,
                Problems.none(),
                said.matches("declared|ended|public|private|removed") ? said : "");
        if (page.functions().isEmpty() && page.undeclared() != null) {
            throw new Denied(page.undeclared());
        }
        return View.of("bodies/functions", page);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> declare(@Body Map<String, String> sent, Visitor visitor) {
        var form = FunctionForm.of(sent);
        var problems = functions.declare(visitor, form);
        return problems.isEmpty()
                ? said("declared")
                : HttpResponse.unprocessableEntity()
                        .body(View.of("bodies/functions", page(visitor, form, problems, "")));
    }

    @Post("/{id:[0-9]+}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(String id, Visitor visitor) {
        return functions.end(visitor, RowNumbers.of(id), LocalDate.now(clock))
                ? said("ended")
                : HttpResponse.notFound();
    }

    @Post("/{id:[0-9]+}/publication")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> publish(String id, Visitor visitor) {
        return functions.release(visitor, RowNumbers.of(id), true) ? said("public") : HttpResponse.notFound();
    }

    @Post("/{id:[0-9]+}/concealment")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> conceal(String id, Visitor visitor) {
        return functions.release(visitor, RowNumbers.of(id), false) ? said("private") : HttpResponse.notFound();
    }

    @Post("/{id:[0-9]+}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(String id, Visitor visitor) {
        return functions.remove(visitor, RowNumbers.of(id)) ? said("removed") : HttpResponse.notFound();
    }

    private FunctionsPage page(Visitor visitor, FunctionForm form, Problems problems, String said) {
        return new FunctionsPage(
                functions.of(visitor.personId()),
                LocalDate.now(clock),
                rights.declaring(visitor).orElse(null),
                form,
                problems,
                said);
    }

    private static HttpResponse<?> said(String what) {
        return HttpResponse.seeOther(URI.create("/bodies/functions?said=" + what));
    }
}
