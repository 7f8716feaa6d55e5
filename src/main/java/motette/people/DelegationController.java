package motette.people;

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
import java.util.List;
import java.util.Map;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;

/** Who stands in for me while I am away, and for whom I do. */
@Controller("/people/delegations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class DelegationController {

    private final Delegations delegations;
    private final Clock clock;

    DelegationController(Delegations delegations, Clock clock) {
        this.delegations = delegations;
        this.clock = clock;
    }

    @Get
    View mine(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        var today = LocalDate.now(clock);
        var page = page(visitor, DelegationForm.fresh(today), Problems.none(), said.matches("named|ended") ? said : "");
        if (page.choices().isEmpty() && page.mine().isEmpty() && page.taken().isEmpty()) {
            delegations.refusal(visitor).ifPresent(refusal -> {
                throw new Denied(refusal);
            });
        }
        return View.of("people/delegations", page);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> name(@Body Map<String, String> sent, Visitor visitor) {
        var form = DelegationForm.of(sent);
        var problems = delegations.name(visitor, form);
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/people/delegations?said=named"))
                : HttpResponse.unprocessableEntity()
                        .body(View.of("people/delegations", page(visitor, form, problems, "")));
    }

    @Post("/{id:[0-9]+}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(String id, @Body Map<String, String> sent, Visitor visitor) {
        var back = RowNumbers.find(sent.getOrDefault("person", ""))
                .map(person -> "/people/" + person)
                .orElse("/people/delegations?said=ended");
        return delegations.end(visitor, RowNumbers.of(id))
                ? HttpResponse.seeOther(URI.create(back))
                : HttpResponse.notFound();
    }

    private DelegationsPage page(Visitor visitor, DelegationForm form, Problems problems, String said) {
        var all = delegations.of(visitor.personId());
        return new DelegationsPage(
                lines(all.stream()
                        .filter(standin -> standin.personId() == visitor.personId())
                        .toList()),
                lines(all.stream()
                        .filter(standin -> standin.deputyId() == visitor.personId())
                        .toList()),
                delegations.choices(visitor.personId()),
                delegations.refusal(visitor).orElse(null),
                form,
                problems,
                said);
    }

    private List<DelegationsPage.Line> lines(List<Standin> standins) {
        var today = LocalDate.now(clock);
        return standins.stream()
                .map(standin -> new DelegationsPage.Line(
                        standin, standin.runs() ? "runs" : standin.from().isAfter(today) ? "ahead" : "over"))
                .toList();
    }
}
