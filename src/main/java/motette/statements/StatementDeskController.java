package motette.statements;

import io.micronaut.http.HttpHeaders;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import motette.budgets.Csv;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.RowNumbers;
import motette.shared.Texts;
import motette.shared.View;

/** The desk of the administration, the public list of what is late, and who works for which office. */
@Controller("/statements")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class StatementDeskController {

    private final Offices offices;
    private final StatementPages pages;
    private final StatementRights rights;
    private final Texts texts;

    StatementDeskController(Offices offices, StatementPages pages, StatementRights rights, Texts texts) {
        this.offices = offices;
        this.pages = pages;
        this.rights = rights;
        this.texts = texts;
    }

    @Get("/desk")
    View desk(
            @QueryValue(defaultValue = "") String office,
            @QueryValue(defaultValue = "") String state,
            Visitor visitor) {
        demand(rights.desk(visitor));
        return View.of("statements/desk", pages.desk(visitor, office, state));
    }

    /** Everybody reads which statements are late. */
    @Get("/overdue")
    @Secured(SecurityRule.IS_ANONYMOUS)
    View overdue() {
        return View.of("statements/overdue", pages.overdue());
    }

    @Get("/overdue.csv")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> overdueAsTable(Locale locale) {
        var in = texts.in(locale);
        var table = new Csv()
                .line(
                        in.get("statements.csv.reference"),
                        in.get("statements.matter"),
                        in.get("statements.office"),
                        in.get("fact.body"),
                        in.get("statements.asked-on"),
                        in.get("statements.due"));
        pages.overdue()
                .rows()
                .forEach(row -> table.line(
                        row.subject().reference(),
                        row.title(),
                        row.officeName(),
                        row.bodyName(),
                        row.asked().toString(),
                        row.due().toString()));
        return HttpResponse.ok(table.toString())
                .contentType(MediaType.of("text/csv;charset=utf-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"statements-overdue.csv\"");
    }

    @Get("/offices")
    View offices(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        demand(rights.assigning(visitor));
        return View.of(
                "statements/offices", pages.offices(said.matches("assigned|ended") ? said : "", Problems.none()));
    }

    @Post("/offices/{office}/officers")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> assign(String office, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.assigning(visitor));
        var found = offices.find(office);
        if (found.isEmpty()) {
            return HttpResponse.notFound();
        }
        var problems = offices.assign(
                visitor,
                found.get(),
                RowNumbers.find(Sent.text(sent, "officer")).orElse(0L));
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create("/statements/offices?said=assigned"))
                : HttpResponse.unprocessableEntity().body(View.of("statements/offices", pages.offices("", problems)));
    }

    @Post("/offices/assignments/{id:[0-9]+}/ending")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> end(String id, Visitor visitor) {
        demand(rights.assigning(visitor));
        return offices.end(visitor, RowNumbers.of(id))
                ? HttpResponse.seeOther(URI.create("/statements/offices?said=ended"))
                : HttpResponse.notFound();
    }

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
