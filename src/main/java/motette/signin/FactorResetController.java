package motette.signin;

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
import motette.people.Person;
import motette.people.Persons;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.RowNumbers;
import motette.shared.View;

/** Help for somebody who has lost every second factor. */
@Controller("/people/{id:[0-9]+}/factors")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class FactorResetController {

    private final FactorReset resets;
    private final Factors factors;
    private final Persons people;

    FactorResetController(FactorReset resets, Factors factors, Persons people) {
        this.resets = resets;
        this.factors = factors;
        this.people = people;
    }

    @Get
    HttpResponse<?> page(String id, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        var personId = RowNumbers.of(id);
        demand(visitor, personId);
        return people.find(personId)
                .<HttpResponse<?>>map(
                        person -> HttpResponse.ok(page(person, "", Problems.none(), said.equals("reset"))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> reset(String id, @Body Map<String, String> sent, Visitor visitor) {
        var personId = RowNumbers.of(id);
        demand(visitor, personId);
        var reason = Reason.of(sent);
        return people.find(personId)
                .<HttpResponse<?>>map(person -> {
                    var problems = resets.reset(visitor, personId, reason);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create("/people/" + personId + "/factors?said=reset"))
                            : HttpResponse.unprocessableEntity().body(page(person, reason, problems, false));
                })
                .orElseGet(HttpResponse::notFound);
    }

    private View page(Person person, String reason, Problems problems, boolean done) {
        return View.of(
                "signin/factors-of",
                new FactorResetPage(
                        person.id(),
                        person.pseudonym(),
                        factors.of(person.id()),
                        reason,
                        problems,
                        done,
                        resets.lockedOut(person.id()).orElse(null)));
    }

    private void demand(Visitor visitor, long personId) {
        resets.refusal(visitor, personId).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }
}
