package motette.accessibility;

import io.micronaut.context.annotation.Value;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
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
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import motette.limits.Blocked;
import motette.limits.FormGate;
import motette.limits.Limits;
import motette.limits.Networks;
import motette.people.Visitor;
import motette.places.CityPack;
import motette.shared.Problems;
import motette.shared.View;

/** The statement on accessibility, the form for whoever met a barrier, and the list of those who answer. */
@Controller("/accessibility")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ReportController {

    /** Whoever reads and types takes longer. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final BarrierReports reports;
    private final Limits limits;
    private final Networks networks;
    private final FormGate gate;
    private final Blocked blocked;
    private final String operator;
    private final String contact;

    ReportController(
            BarrierReports reports,
            Limits limits,
            Networks networks,
            FormGate gate,
            Blocked blocked,
            CityPack city,
            @Value("${motette.contact}") String contact) {
        this.reports = reports;
        this.limits = limits;
        this.networks = networks;
        this.gate = gate;
        this.blocked = blocked;
        this.operator = city.said("operator", "name").isEmpty() ? city.name() : city.said("operator", "name");
        this.contact = contact.isBlank() ? city.said("operator", "email") : contact.strip();
    }

    /**
     * What the statement prints.
     *
     * @param whys     reasons of the model under which something stands, in its order
     * @param contact  e-mail of the operator; empty where it is not known
     * @param answerBy until when whoever writes today is answered
     * @param received whether a report was just sent
     */
    @Introspected
    record StatementPage(
            Statement statement,
            List<String> whys,
            String operator,
            String contact,
            LocalDate answerBy,
            boolean staff,
            boolean received,
            ReportForm form,
            Problems problems) {}

    /**
     * What the list prints.
     *
     * @param answering the report whose answer came back with a problem; 0 otherwise
     * @param answered  whether an answer was just kept
     */
    @Introspected
    record ReportsPage(
            List<BarrierReport> reports,
            long waiting,
            long overdue,
            long answering,
            String typed,
            boolean answered,
            Problems problems) {}

    @Get
    View statement(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        return statement(ReportForm.EMPTY, said.equals("received"), visitor, Problems.none());
    }

    @Post("/reports")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> report(HttpRequest<?> request, @Body Map<String, String> sent, Visitor visitor, Locale locale) {
        var form = ReportForm.of(sent);
        var problems = form.problems();
        if (problems.isEmpty()) {
            limits.demand("barrier-reports-per-network", networks.of(request));
            reports.report(form, isOdd(form, sent), locale);
            return HttpResponse.seeOther(URI.create("/accessibility?said=received"));
        } else {
            return HttpResponse.unprocessableEntity().body(statement(form, false, visitor, problems));
        }
    }

    /** No mailbox is filled by strangers or programs; the answer is the same. */
    private boolean isOdd(ReportForm form, Map<String, String> sent) {
        return !gate.look(sent, LEAST).isEmpty()
                || !form.email().isEmpty()
                        && (blocked.isBlocked(form.email())
                                || limits.take(
                                                "barrier-receipts-per-address",
                                                form.email().toLowerCase(Locale.ROOT))
                                        .isPresent());
    }

    @Get("/reports")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    View list(@QueryValue(defaultValue = "") String said, Visitor visitor) {
        BarrierReports.demand(reports.reading(visitor));
        return list(0, "", said.equals("answered"), Problems.none());
    }

    @Post("/reports/{id}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> answer(long id, @Body Map<String, String> sent, Visitor visitor) {
        BarrierReports.demand(reports.reading(visitor));
        var answer = sent.getOrDefault("answer", "").replace("\r\n", "\n").strip();
        if (!ReportForm.fits(answer, ReportForm.LONGEST_TEXT)) {
            var problems = Problems.none().add("answer-" + id, "barrier.problem.answer", ReportForm.LONGEST_TEXT);
            return HttpResponse.unprocessableEntity().body(list(id, answer, false, problems));
        } else if (reports.answer(visitor, id, answer)) {
            return HttpResponse.seeOther(URI.create("/accessibility/reports?said=answered"));
        } else {
            var problems = Problems.none().add("reports", "barrier.problem.gone");
            return HttpResponse.unprocessableEntity().body(list(0, "", false, problems));
        }
    }

    private View statement(ReportForm form, boolean received, Visitor visitor, Problems problems) {
        var statement = reports.statement();
        var whys = List.of("noncompliance", "burden", "scope").stream()
                .filter(why ->
                        statement.gaps().stream().anyMatch(gap -> gap.why().equals(why)))
                .toList();
        return View.of(
                "accessibility/statement",
                new StatementPage(
                        statement,
                        whys,
                        operator,
                        contact,
                        reports.answerBy(),
                        visitor.isSignedIn() && reports.reading(visitor).isEmpty(),
                        received,
                        form,
                        problems));
    }

    private View list(long answering, String typed, boolean answered, Problems problems) {
        var all = reports.latest();
        return View.of(
                "accessibility/reports",
                new ReportsPage(
                        all,
                        all.stream().filter(BarrierReport::waits).count(),
                        all.stream().filter(BarrierReport::overdue).count(),
                        answering,
                        typed,
                        answered,
                        problems));
    }
}
