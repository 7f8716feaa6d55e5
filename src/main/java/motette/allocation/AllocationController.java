package motette.allocation;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import motette.budgets.Budgets;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.RowNumbers;
import motette.shared.Texts;
import motette.shared.View;

/** Which projects fit the money of a body: for its members and the administration. */
@Controller("/allocation/{body}/{year:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AllocationController {

    private final Supports supports;
    private final Budgets budgets;
    private final AllocationRights rights;
    private final Runs runs;
    private final RunRepository recorded;
    private final Limits limits;
    private final Texts texts;
    private final HttpLocaleResolver locales;

    AllocationController(
            Supports supports,
            Budgets budgets,
            AllocationRights rights,
            Runs runs,
            RunRepository recorded,
            Limits limits,
            Texts texts,
            HttpLocaleResolver locales) {
        this.supports = supports;
        this.budgets = budgets;
        this.rights = rights;
        this.runs = runs;
        this.recorded = recorded;
        this.limits = limits;
        this.texts = texts;
        this.locales = locales;
    }

    @Get
    HttpResponse<?> compare(
            String body,
            String year,
            @QueryValue(defaultValue = "") String easy,
            Visitor visitor,
            HttpRequest<?> request) {
        var keeps = rights.readingWithKeeping(visitor, body);
        return matter(body, year, request)
                .map(matter -> ComparePage.of(
                        matter, WhatIf.of(request.getParameters().asMap()), easy.equals("1"), keeps, null))
                .<HttpResponse<?>>map(
                        page -> (page.problems().isEmpty() ? HttpResponse.ok() : HttpResponse.unprocessableEntity())
                                .body(View.of("allocation/compare", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/runs")
    HttpResponse<?> runs(String body, String year, @QueryValue(defaultValue = "") String kept, Visitor visitor) {
        demand(rights.reading(visitor, body));
        return year(year)
                .flatMap(wanted -> budgets.of(body, wanted))
                .<HttpResponse<?>>map(budget -> HttpResponse.ok(View.of(
                        "allocation/runs",
                        RunsPage.of(
                                budget,
                                recorded.latest(Subject.supports(body, budget.year()), RunsPage.MOST + 1),
                                kept,
                                rights.recomputing(visitor, body).isEmpty()))))
                .orElseGet(HttpResponse::notFound);
    }

    /** Only for who checks: the file says, without names, which ideas somebody supports together. */
    @Get("/runs/{id:[0-9]+}.pb")
    HttpResponse<?> input(String body, String year, String id, Visitor visitor) {
        demand(rights.recomputing(visitor, body));
        return file("allocation-" + id + ".pb", "text/plain;charset=utf-8", run(body, year, id, recorded::input));
    }

    @Get("/runs/{id:[0-9]+}.json")
    HttpResponse<?> result(String body, String year, String id, Visitor visitor) {
        demand(rights.reading(visitor, body));
        return file("allocation-" + id + ".json", MediaType.APPLICATION_JSON, run(body, year, id, recorded::result));
    }

    /**
     * The conditions stand in the address, as on the page that the form is on. What is recorded is what was seen: where other
     * supports or prices have come meanwhile, the new result is shown instead.
     */
    @Post("/runs")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> record(
            String body, String year, @Body Map<String, String> fields, Visitor visitor, HttpRequest<?> request) {
        demand(rights.recording(visitor, body));
        limits.demand("allocation-runs", visitor.personId());
        var whatIf = WhatIf.of(request.getParameters().asMap());
        return matter(body, year, request)
                .<HttpResponse<?>>map(matter -> {
                    var run = reckoned(matter, whatIf, fields.getOrDefault("rule", ""));
                    if (HexFormat.of().formatHex(run.inputHash()).equals(fields.getOrDefault("input", ""))) {
                        long id = runs.record(visitor, run);
                        return HttpResponse.seeOther(URI.create(matter.subject().path() + "/runs?kept=" + id));
                    } else {
                        var page = ComparePage.of(matter, whatIf, false, true, null)
                                .instead();
                        return HttpResponse.status(HttpStatus.CONFLICT).body(View.of("allocation/compare", page));
                    }
                })
                .orElseGet(HttpResponse::notFound);
    }

    /** Ideas are decided and prices change while a page is read: then the conditions no longer hold. */
    private Reckoned reckoned(Matter matter, WhatIf whatIf, String key) {
        var problems = whatIf.problems(matter);
        var tried = problems.isEmpty() ? whatIf.applied(matter) : matter;
        return RuleSet.rule(key, tried.election())
                .filter(rule -> problems.isEmpty())
                .map(rule -> Reckoned.of(tried, whatIf.within(rule), texts))
                .orElseThrow(() -> new Refused(Refusal.of("allocation.refusal.conditions")
                        .withWayOut(matter.subject().path(), "allocation.to-comparison")));
    }

    private static Optional<byte[]> run(
            String body, String year, String id, BiFunction<Subject, Long, Optional<byte[]>> read) {
        var number = RowNumbers.find(id);
        return year(year).flatMap(wanted -> number.flatMap(one -> read.apply(Subject.supports(body, wanted), one)));
    }

    private static HttpResponse<?> file(String name, String type, Optional<byte[]> bytes) {
        return bytes.<HttpResponse<?>>map(content -> HttpResponse.ok(content)
                        .contentType(MediaType.of(type))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store"))
                .orElseGet(HttpResponse::notFound);
    }

    private Optional<Matter> matter(String body, String year, HttpRequest<?> request) {
        return year(year).flatMap(wanted -> supports.of(body, wanted, locales.resolveOrDefault(request)));
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }

    private static Optional<Integer> year(String text) {
        return text.matches("[12]\\d{3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
