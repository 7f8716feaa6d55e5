package motette.people;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
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
import java.util.Optional;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.RowNumbers;
import motette.shared.View;

/** People, their roles and terms: for the administration, and for the audit to read. */
@Controller("/people")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class PeopleController {

    private final PeopleRights rights;
    private final PeopleFinder finder;
    private final RoleRepository roles;
    private final Grants grants;
    private final Delegations delegations;
    private final Scopes scopes;
    private final Clock clock;

    PeopleController(
            PeopleRights rights,
            PeopleFinder finder,
            RoleRepository roles,
            Grants grants,
            Delegations delegations,
            Scopes scopes,
            Clock clock) {
        this.rights = rights;
        this.finder = finder;
        this.roles = roles;
        this.grants = grants;
        this.delegations = delegations;
        this.scopes = scopes;
        this.clock = clock;
    }

    @Get
    View start(Visitor visitor) {
        demand(rights.reading(visitor));
        return View.of("people/people", page(visitor, SearchForm.EMPTY, Problems.none(), List.of()));
    }

    @Post("/search")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> search(@Body Map<String, String> sent, Visitor visitor) {
        demand(rights.searching(visitor));
        var form = SearchForm.of(sent);
        var problems = form.problems();
        var found = problems.isEmpty() ? finder.find(visitor, form) : List.<PeopleFinder.Found>of();
        return HttpResponse.status(problems.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_ENTITY)
                .body(View.of("people/people", page(visitor, form, problems, found)));
    }

    @Get("/{id:[0-9]+}")
    HttpResponse<?> person(String id, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.reading(visitor));
        return finder.look(visitor, RowNumbers.of(id))
                .<HttpResponse<?>>map(person -> HttpResponse.ok(page(
                        visitor,
                        person,
                        GrantForm.fresh(LocalDate.now(clock)),
                        EndingForm.EMPTY,
                        0,
                        Problems.none(),
                        said.matches("granted|ended") ? said : "")))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{id:[0-9]+}/roles")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> grant(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.granting(visitor, RowNumbers.of(id)));
        return finder.look(visitor, RowNumbers.of(id))
                .<HttpResponse<?>>map(person -> {
                    var form = GrantForm.of(sent);
                    var problems = grants.grant(visitor, person.id(), form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create("/people/" + person.id() + "?said=granted"))
                            : HttpResponse.unprocessableEntity()
                                    .body(page(visitor, person, form, EndingForm.EMPTY, 0, problems, ""));
                })
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/roles/{id:[0-9]+}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.administering(visitor));
        return roles.find(RowNumbers.of(id))
                .flatMap(term -> finder.look(visitor, term.personId()))
                .<HttpResponse<?>>map(person -> {
                    var form = EndingForm.of(sent);
                    var problems = grants.end(visitor, RowNumbers.of(id), form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create("/people/" + person.id() + "?said=ended"))
                            : HttpResponse.unprocessableEntity()
                                    .body(page(
                                            visitor,
                                            person,
                                            GrantForm.fresh(LocalDate.now(clock)),
                                            form,
                                            RowNumbers.of(id),
                                            problems,
                                            ""));
                })
                .orElseGet(HttpResponse::notFound);
    }

    private PeoplePage page(Visitor visitor, SearchForm form, Problems problems, List<PeopleFinder.Found> found) {
        return PeoplePage.of(
                form, problems, found, rights.administering(visitor).isEmpty(), scopes);
    }

    private View page(
            Visitor visitor,
            Person person,
            GrantForm form,
            EndingForm ending,
            long ended,
            Problems problems,
            String said) {
        return View.of(
                "people/person",
                new PersonPage(
                        person.id(),
                        person.pseudonym(),
                        Optional.ofNullable(person.email())
                                .map(EmailAddress::masked)
                                .orElse(""),
                        roles.of(person.id()).stream().map(this::term).toList(),
                        delegations.of(person.id()),
                        rights.administering(visitor).orElse(null),
                        rights.granting(visitor, person.id()).orElse(null),
                        form,
                        ending,
                        ended,
                        problems,
                        said,
                        PeoplePage.roleKeys(),
                        PeoplePage.ScopeGroup.of(scopes)));
    }

    private PersonPage.Term term(RoleTerm term) {
        var now = clock.instant();
        var state = term.isVoid() ? "void" : term.isOver(now) ? "over" : term.acts(now) ? "runs" : "ahead";
        return new PersonPage.Term(
                term,
                term.name().key(),
                scopes.name(term.scope()),
                state,
                grants.refusal(term, now).orElse(null));
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
