package motette.residence;

import static motette.residence.ResidenceRights.demand;

import io.micronaut.core.annotation.Introspected;
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
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** Staff decides where the roll cannot tell two people apart. */
@Controller("/residence/cases")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class CasesController {

    private final Cases cases;
    private final ResidenceRights rights;

    CasesController(Cases cases, ResidenceRights rights) {
        this.cases = cases;
        this.rights = rights;
    }

    @Introspected
    record CasesPage(List<Cases.Case> open, List<Cases.Case> decided) {}

    @Introspected
    record CasePage(Cases.Case one, String decision, String reason, Problems problems) {}

    @Get
    View all(Visitor visitor) {
        demand(rights.reading(visitor));
        return View.of("residence/cases", new CasesPage(cases.open(), cases.decided()));
    }

    @Get("/{number}")
    HttpResponse<?> one(long number, Visitor visitor) {
        demand(rights.reading(visitor));
        return cases.find(number)
                .<HttpResponse<?>>map(found -> HttpResponse.ok(page(found, "", "", Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{number}/decision")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> decide(long number, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var reason = Reasons.reason(sent);
        var decision = Cases.Decision.find(sent.getOrDefault("decision", ""));
        var problems = problems(decision, reason);
        if (decision.isPresent() && problems.isEmpty()) {
            return cases.decide(visitor.personId(), number, decision.get(), reason)
                    ? HttpResponse.seeOther(URI.create("/residence/cases/" + number))
                    : HttpResponse.notFound();
        } else {
            return cases.find(number)
                    .<HttpResponse<?>>map(found -> HttpResponse.unprocessableEntity()
                            .body(page(found, decision.map(Cases.Decision::key).orElse(""), reason, problems)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    private static Problems problems(Optional<Cases.Decision> decision, String reason) {
        var problems = Problems.none();
        if (decision.isEmpty()) {
            problems.add("decision", "residence.case.problem.decision");
        }
        Reasons.problems(reason)
                .list()
                .forEach(problem -> problems.add(
                        problem.getKey(),
                        problem.getValue().key(),
                        problem.getValue().args().toArray()));
        return problems;
    }

    private static View page(Cases.Case found, String decision, String reason, Problems problems) {
        return View.of("residence/case", new CasePage(found, decision, reason, problems));
    }
}
