package motette.council;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import motette.allocation.AllocationRights;
import motette.budgets.BudgetView;
import motette.budgets.Budgets;
import motette.people.Delegations;
import motette.people.RoleName;
import motette.people.Standin;
import motette.people.Visitor;
import motette.shared.View;

/** What the bodies decide on: public, and made for the wall of the room they sit in. */
@Controller("/council")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class CouncilController {

    private static final List<String> KINDS = List.of("districtCouncil", "localCouncil", "fundBoard");

    private final CouncilRepository council;
    private final Budgets budgets;
    private final CouncilRights rights;
    private final AllocationRights allocation;
    private final Delegations delegations;
    private final HttpLocaleResolver locales;
    private final Clock clock;

    CouncilController(
            CouncilRepository council,
            Budgets budgets,
            CouncilRights rights,
            AllocationRights allocation,
            Delegations delegations,
            HttpLocaleResolver locales,
            Clock clock) {
        this.council = council;
        this.budgets = budgets;
        this.rights = rights;
        this.allocation = allocation;
        this.delegations = delegations;
        this.locales = locales;
        this.clock = clock;
    }

    @Get
    View councils(Visitor visitor) {
        int year = LocalDate.now(clock).getYear();
        var money = budgets.year(year).stream()
                .collect(Collectors.toMap(
                        BudgetView::bodyKey, BudgetView::accounts, (first, second) -> first.plus(second)));
        var standins = delegations.running(RoleName.CHAIR).stream().collect(Collectors.groupingBy(Standin::scope));
        var all = council.councils(LocalDate.now(clock)).stream()
                .map(one -> one.with(standins.getOrDefault(one.key(), List.of())))
                .map(one -> {
                    var accounts = money.get(one.key());
                    return accounts == null ? one : one.with(accounts.available(), accounts.appropriated());
                })
                .toList();
        var seats = rights.seats(visitor);
        return View.of(
                "council/councils",
                new CouncilsPage(
                        year,
                        all.stream().filter(one -> seats.contains(one.key())).toList(),
                        KINDS.stream()
                                .map(kind -> new CouncilsPage.Kind(
                                        kind,
                                        all.stream()
                                                .filter(one -> one.kind().equals(kind))
                                                .toList()))
                                .filter(kind -> !kind.councils().isEmpty())
                                .toList()));
    }

    @Get("/{body}")
    HttpResponse<?> thisYear(String body) {
        int year = LocalDate.now(clock).getYear();
        return budgets.of(body, year)
                .<HttpResponse<?>>map(
                        found -> HttpResponse.seeOther(URI.create("/council/" + found.bodyKey() + "/" + year)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{body}/{year:[0-9]+}")
    HttpResponse<?> board(
            String body,
            String year,
            @QueryValue(defaultValue = "") String decided,
            Visitor visitor,
            HttpRequest<?> request) {
        return Addresses.year(year)
                .flatMap(wanted -> budgets.of(body, wanted))
                .filter(this::isShown)
                .<HttpResponse<?>>map(budget -> HttpResponse.ok(View.of(
                        "council/board",
                        BoardPage.of(
                                budget,
                                years(budget),
                                visitor.isSignedIn()
                                        && rights.chairing(visitor, body).isEmpty(),
                                visitor.isSignedIn()
                                        && allocation.reading(visitor, body).isEmpty(),
                                council.board(body, budget.year(), budget.id(), locales.resolveOrDefault(request)),
                                Addresses.number(decided).orElse(0L),
                                delegations.running(RoleName.CHAIR, body)))))
                .orElseGet(HttpResponse::notFound);
    }

    /** A body whose budget is not established has a board all the same, for this year. */
    private boolean isShown(BudgetView budget) {
        return budget.isOpen() || budget.year() == LocalDate.now(clock).getYear();
    }

    private List<Integer> years(BudgetView budget) {
        var years = new TreeSet<>(budget.years());
        years.add(budget.year());
        return List.copyOf(years);
    }
}
