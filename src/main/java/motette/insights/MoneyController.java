package motette.insights;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import motette.shared.Time;
import motette.shared.View;

/** Every euro of a year, wherever it is. */
@Controller("/insights")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class MoneyController {

    private final MoneyPages pages;
    private final MoneyTables tables;
    private final Clock clock;

    MoneyController(MoneyPages pages, MoneyTables tables, Clock clock) {
        this.pages = pages;
        this.tables = tables;
        this.clock = clock;
    }

    /** What a form sends with everything that was not chosen leads on to the one address of that view. */
    @Get("/money")
    HttpResponse<?> page(HttpRequest<?> request) {
        var filter = MoneyFilter.of(request.getParameters());
        var asked = Optional.ofNullable(request.getUri().getRawQuery()).orElse("");
        var said = request.getParameters().getFirst("lang").orElse("");
        if (filter.isPresent() && !said.matches("[a-z-]{0,20}")) {
            return HttpResponse.notFound();
        } else if (filter.isPresent() && !asked.equals(query(filter.get(), said))) {
            var wanted = query(filter.get(), said);
            return HttpResponse.seeOther(URI.create(MoneyFilter.PATH + (wanted.isEmpty() ? "" : "?" + wanted)));
        } else {
            return filter.map(this::inAYear)
                    .flatMap(pages::page)
                    .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("insights/money", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    @Get("/money.csv")
    HttpResponse<?> table(HttpRequest<?> request) {
        return MoneyFilter.of(request.getParameters())
                .map(this::inAYear)
                .flatMap(filter -> pages.books(filter).map(books -> csv(tables.sums(books, filter), "money", filter)))
                .<HttpResponse<?>>map(answer -> answer)
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/money/movements.csv")
    HttpResponse<?> movements(HttpRequest<?> request) {
        return MoneyFilter.of(request.getParameters())
                .map(this::inAYear)
                .flatMap(filter ->
                        pages.movements(filter).map(movements -> csv(tables.movements(movements), "movements", filter)))
                .<HttpResponse<?>>map(answer -> answer)
                .orElseGet(HttpResponse::notFound);
    }

    private MoneyFilter inAYear(MoneyFilter filter) {
        return filter.year() == 0
                ? filter.in(LocalDate.now(clock.withZone(Time.ZONE)).getYear()).onPage(filter.page())
                : filter;
    }

    private static String query(MoneyFilter filter, String language) {
        var query = filter.query(true).replaceFirst("^\\?", "");
        return language.isEmpty() ? query : query + (query.isEmpty() ? "" : "&") + "lang=" + language;
    }

    private static HttpResponse<?> csv(String text, String name, MoneyFilter filter) {
        var file = (name + filter.query(false)).replaceAll("[?&](\\w+)=", "-");
        return HttpResponse.ok(text)
                .contentType(MediaType.of("text/csv;charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + ".csv\"");
    }
}
