package motette.council;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.View;
import motette.statements.Statements;
import motette.statements.Subject;

/** The resolution on an idea, as the chair writes it down in the session. */
@Controller("/council/{body}/{year:[0-9]+}/ideas/{number:[0-9]+}/resolution")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ResolutionController {

    private final Resolutions resolutions;
    private final CouncilRepository council;
    private final Statements statements;
    private final Budgets budgets;
    private final CouncilRights rights;
    private final HttpLocaleResolver locales;
    private final Clock clock;

    ResolutionController(
            Resolutions resolutions,
            CouncilRepository council,
            Statements statements,
            Budgets budgets,
            CouncilRights rights,
            HttpLocaleResolver locales,
            Clock clock) {
        this.resolutions = resolutions;
        this.council = council;
        this.statements = statements;
        this.budgets = budgets;
        this.rights = rights;
        this.locales = locales;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> form(String body, String year, String number, Visitor visitor, HttpRequest<?> request) {
        demand(rights.chairing(visitor, body));
        var today = LocalDate.now(clock);
        return page(
                        body,
                        year,
                        number,
                        locales.resolveOrDefault(request),
                        Problems.none(),
                        idea -> ResolutionForm.fresh(idea.costCents(), today))
                .map(page -> {
                    if (page.idea().isOpen()) {
                        return HttpResponse.ok(View.of("council/resolution", page));
                    } else {
                        var why = page.idea().isWithdrawn() ? "council.refusal.withdrawn" : "council.refusal.decided";
                        throw new Refused(Refusal.of(why).withWayOut(page.board(), "council.to-board"));
                    }
                })
                .<HttpResponse<?>>map(answer -> answer)
                .orElseGet(HttpResponse::notFound);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> record(
            String body,
            String year,
            String number,
            @Body Map<String, String> fields,
            Visitor visitor,
            HttpRequest<?> request) {
        demand(rights.recording(visitor, body));
        var form = ResolutionForm.of(fields);
        var wantedYear = Addresses.year(year);
        var wanted = Addresses.number(number);
        if (wantedYear.isEmpty() || wanted.isEmpty()) {
            return HttpResponse.notFound();
        }
        var problems = resolutions.record(visitor, body, wantedYear.get(), wanted.get(), form);
        if (problems.isEmpty()) {
            return HttpResponse.seeOther(URI.create("/council/" + body + "/" + year + "?decided=" + wanted.get()));
        } else {
            return page(body, year, number, locales.resolveOrDefault(request), problems, idea -> form)
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("council/resolution", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    /** Whoever chairs the body today; the service asks again within the deed. */
    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private Optional<ResolutionPage> page(
            String body,
            String year,
            String number,
            Locale locale,
            Problems problems,
            Function<Candidate, ResolutionForm> form) {
        var budget =
                Addresses.year(year).flatMap(wanted -> budgets.of(body, wanted)).filter(BudgetView::isOpen);
        var idea = Addresses.number(number).flatMap(wanted -> council.candidate(body, wanted, locale));
        var procedure = budget.flatMap(found -> council.procedure(body, found.year(), LocalDate.now(clock)));
        return budget.isPresent() && idea.isPresent() && procedure.isPresent()
                ? Optional.of(ResolutionPage.of(
                        budget.get(),
                        idea.get(),
                        procedure.get(),
                        statements.given(Subject.idea(idea.get().number())),
                        form.apply(idea.get()),
                        problems))
                : Optional.empty();
    }
}
