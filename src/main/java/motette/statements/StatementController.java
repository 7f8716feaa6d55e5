package motette.statements;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;
import motette.statements.StatementPages.Typed;
import org.jspecify.annotations.Nullable;

/** What the administration says on an idea or an application, and the appeal against it. */
@Controller("/statements/{kind:ideas|applications}/{number:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class StatementController {

    private final Requests requests;
    private final Appeals appeals;
    private final StatementPages pages;
    private final Limits limits;

    StatementController(Requests requests, Appeals appeals, StatementPages pages, Limits limits) {
        this.requests = requests;
        this.appeals = appeals;
        this.pages = pages;
        this.limits = limits;
    }

    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> file(String kind, String number, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        var known = said.matches("asked|skipped|answered|forwarded|returned|appealed|withdrawn|decided") ? said : "";
        return found(
                kind,
                number,
                visitor,
                matter ->
                        HttpResponse.ok(View.of("statements/file", pages.file(visitor, matter, Typed.nothing(known)))));
    }

    @Post("/requests")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> ask(String kind, String number, @Body Map<String, String> sent, Visitor visitor) {
        var form = AskForm.of(sent);
        return found(
                kind,
                number,
                visitor,
                matter -> answer(visitor, matter, requests.ask(visitor, matter, form), form, sent, "asked"));
    }

    @Post("/skip")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> skip(String kind, String number, @Body Map<String, String> sent, Visitor visitor) {
        return found(
                kind,
                number,
                visitor,
                matter -> answer(
                        visitor,
                        matter,
                        requests.skip(visitor, matter, Sent.text(sent, "skip-reason")),
                        null,
                        sent,
                        "skipped"));
    }

    @Post("/appeal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> appeal(String kind, String number, @Body Map<String, String> sent, Visitor visitor) {
        limits.demand("applications", visitor.personId());
        return found(
                kind,
                number,
                visitor,
                matter -> answer(
                        visitor,
                        matter,
                        appeals.appeal(visitor, matter, Sent.text(sent, "appeal")),
                        null,
                        sent,
                        "appealed"));
    }

    @Post("/appeal/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> withdraw(String kind, String number, Visitor visitor) {
        return found(kind, number, visitor, matter -> {
            appeals.withdraw(visitor, matter);
            return HttpResponse.seeOther(URI.create(matter.subject().path() + "?said=withdrawn"));
        });
    }

    @Post("/appeal/decision")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> decide(String kind, String number, @Body Map<String, String> sent, Visitor visitor) {
        return found(
                kind,
                number,
                visitor,
                matter -> answer(
                        visitor,
                        matter,
                        appeals.decide(visitor, matter, Sent.text(sent, "outcome"), Sent.text(sent, "decision")),
                        null,
                        sent,
                        "decided"));
    }

    private HttpResponse<?> answer(
            Visitor visitor,
            Matter matter,
            Problems problems,
            @Nullable AskForm form,
            Map<String, String> sent,
            String said) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(matter.subject().path() + "?said=" + said))
                : HttpResponse.unprocessableEntity()
                        .body(View.of(
                                "statements/file", pages.file(visitor, matter, new Typed(form, sent, problems, ""))));
    }

    private HttpResponse<?> found(
            String kind, String number, Visitor visitor, Function<Matter, HttpResponse<?>> answer) {
        var id = RowNumbers.of(number);
        return Optional.of(kind.equals("ideas") ? Subject.idea(id) : Subject.application(id))
                .flatMap(subject -> pages.matter(visitor, subject))
                .<HttpResponse<?>>map(answer)
                .orElseGet(HttpResponse::notFound);
    }
}
