package motette.budgets;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import motette.shared.Money;
import motette.shared.Paging;
import motette.shared.Time;
import motette.shared.View;

/** Where every euro of the year is. */
@Controller("/budgets")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class BudgetController {

    private static final int MOVEMENTS = 50;

    private final Budgets budgets;
    private final Clock clock;

    BudgetController(Budgets budgets, Clock clock) {
        this.budgets = budgets;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> year(@QueryValue(defaultValue = "") String year) {
        int now = LocalDate.now(clock).getYear();
        return (year.isEmpty() ? Optional.of(now) : number(year, 4))
                .<HttpResponse<?>>map(wanted -> HttpResponse.ok(View.of("budgets/year", page(wanted, now))))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{fund}/{body}/{year:[0-9]+}")
    HttpResponse<?> budget(String fund, String body, String year, @QueryValue(defaultValue = "1") String page) {
        return open(fund, body, year)
                .<HttpResponse<?>>map(budget ->
                        HttpResponse.ok(budgetPage(budget, number(page, 6).orElse(1))))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{fund}/{body}/{year:[0-9]+}.csv")
    HttpResponse<?> csv(String fund, String body, String year) {
        return open(fund, body, year)
                .<HttpResponse<?>>map(budget -> HttpResponse.ok(csv(budget))
                        .contentType(MediaType.of("text/csv;charset=utf-8"))
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"%s-%s-%d.csv\""
                                        .formatted(budget.fundKey(), budget.bodyKey(), budget.year())))
                .orElseGet(HttpResponse::notFound);
    }

    private BudgetsPage page(int year, int now) {
        var all = budgets.all(year);
        var open = all.stream().filter(BudgetView::isOpen).toList();
        var total = sum(open);
        var years = new TreeSet<Integer>(
                all.stream().flatMap(budget -> budget.years().stream()).toList());
        years.add(now);
        long inhabitants = budgets.inhabitants();
        return new BudgetsPage(
                year,
                List.copyOf(years),
                total,
                inhabitants == 0 ? Money.ZERO : new Money(total.available() / inhabitants),
                open.size(),
                (int) open.stream()
                        .filter(budget -> budget.accounts().decided() > 0)
                        .count(),
                open.isEmpty() ? List.of() : funds(all));
    }

    private static List<BudgetsPage.Fund> funds(List<BudgetView> all) {
        var byFund = new LinkedHashMap<String, List<BudgetView>>();
        all.forEach(budget -> byFund.computeIfAbsent(budget.fundKey(), fund -> new ArrayList<>())
                .add(budget));
        return byFund.values().stream()
                .filter(group -> group.stream().anyMatch(BudgetView::isOpen))
                .map(group -> {
                    var open = group.stream().filter(BudgetView::isOpen).toList();
                    var unknown = group.stream()
                            .filter(budget -> !budget.isOpen())
                            .map(BudgetView::bodyName)
                            .toList();
                    return new BudgetsPage.Fund(open.getFirst(), sum(open), open, unknown);
                })
                .toList();
    }

    private static Accounts sum(List<BudgetView> open) {
        return open.stream().map(BudgetView::accounts).reduce(Accounts.NOTHING, Accounts::plus);
    }

    private View budgetPage(BudgetView budget, int wanted) {
        var total = budgets.countMovements(budget.id());
        var last = new Paging(1, MOVEMENTS, total).pages();
        var paging = new Paging(Math.clamp(wanted, 1, last), MOVEMENTS, total);
        return View.of(
                "budgets/budget",
                new BudgetPage(
                        budget,
                        budget.year() >= LocalDate.now(clock).getYear(),
                        budgets.movements(budget.id(), paging.size(), paging.offset()),
                        paging));
    }

    private String csv(BudgetView budget) {
        var csv = new Csv().line("date", "from", "to", "amount_eur", "reason", "reference");
        for (var movement : budgets.movements(budget.id(), Integer.MAX_VALUE, 0).reversed()) {
            var accounts = movement.kind().split("-");
            csv.line(
                    movement.at().atZone(Time.ZONE).toLocalDate().toString(),
                    accounts[0],
                    accounts[1],
                    Csv.euros(movement.amountCents()),
                    movement.reason(),
                    movement.reference());
        }
        return csv.toString();
    }

    private Optional<BudgetView> open(String fund, String body, String year) {
        return number(year, 4)
                .flatMap(wanted -> budgets.find(fund, body, wanted))
                .filter(BudgetView::isOpen);
    }

    /** What stands in the address, where it is a number of at most so many digits and not 0. */
    private static Optional<Integer> number(String text, int digits) {
        return text.matches("[1-9]\\d{0," + (digits - 1) + "}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
