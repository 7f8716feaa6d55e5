package motette.statements;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Map;
import java.util.function.BiFunction;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.RowNumbers;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** A request at the desk of an office: answer it, pass it on, or give it back. */
@Controller("/statements/requests/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class RequestController {

    private final Requests requests;
    private final StatementRepository statements;
    private final StatementPages pages;
    private final StatementRights rights;

    RequestController(Requests requests, StatementRepository statements, StatementPages pages, StatementRights rights) {
        this.requests = requests;
        this.statements = statements;
        this.pages = pages;
        this.rights = rights;
    }

    @Get
    HttpResponse<?> request(String id, Visitor visitor) {
        return found(
                id,
                visitor,
                (found, matter) -> HttpResponse.ok(View.of(
                        "statements/request", pages.request(visitor, found, matter, null, Map.of(), Problems.none()))));
    }

    @Post("/answers")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> say(String id, @Body Map<String, String> sent, Visitor visitor) {
        var form = AnswerForm.of(sent);
        return found(
                id,
                visitor,
                (found, matter) -> answer(
                        visitor, found, matter, requests.answer(visitor, found, matter, form), form, sent, "answered"));
    }

    @Post("/forwarding")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> forward(String id, @Body Map<String, String> sent, Visitor visitor) {
        return found(
                id,
                visitor,
                (found, matter) -> answer(
                        visitor,
                        found,
                        matter,
                        requests.forward(
                                visitor, found, matter, Sent.text(sent, "to"), Sent.text(sent, "forward-comment")),
                        null,
                        sent,
                        "forwarded"));
    }

    @Post("/return")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> giveBack(String id, @Body Map<String, String> sent, Visitor visitor) {
        return found(
                id,
                visitor,
                (found, matter) -> answer(
                        visitor,
                        found,
                        matter,
                        requests.giveBack(visitor, found, matter, Sent.text(sent, "return-comment")),
                        null,
                        sent,
                        "returned"));
    }

    private HttpResponse<?> answer(
            Visitor visitor,
            StatementRepository.Found found,
            Matter matter,
            Problems problems,
            @Nullable AnswerForm form,
            Map<String, String> sent,
            String said) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(matter.subject().path() + "?said=" + said))
                : HttpResponse.unprocessableEntity()
                        .body(View.of(
                                "statements/request", pages.request(visitor, found, matter, form, sent, problems)));
    }

    private HttpResponse<?> found(
            String id, Visitor visitor, BiFunction<StatementRepository.Found, Matter, HttpResponse<?>> answer) {
        rights.desk(visitor).ifPresent(why -> {
            throw new Denied(why);
        });
        return statements
                .request(RowNumbers.of(id))
                .flatMap(found -> statements.matter(found.subject()).map(matter -> answer.apply(found, matter)))
                .<HttpResponse<?>>map(done -> done)
                .orElseGet(HttpResponse::notFound);
    }
}
