package motette.council;

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
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.View;

/** The number of an item's idea or application in the council information system. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/agenda/{item:[0-9]+}/number")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class PaperNumberController {

    private final PaperNumbers numbers;

    PaperNumberController(PaperNumbers numbers) {
        this.numbers = numbers;
    }

    @Get
    HttpResponse<?> form(String body, String id, String item, Visitor visitor) {
        return page(visitor, body, id, item)
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("council/paper-number", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> record(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        var form = PaperNumberForm.of(fields);
        return page(visitor, body, id, item)
                .<HttpResponse<?>>map(page -> {
                    var problems = numbers.record(
                            visitor, body, page.session().id(), page.item().id(), form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create(page.session().path() + "?done=numbered#agenda"))
                            : HttpResponse.unprocessableEntity()
                                    .body(View.of(
                                            "council/paper-number",
                                            new PaperNumberPage(page.session(), page.item(), form, problems)));
                })
                .orElseGet(HttpResponse::notFound);
    }

    private Optional<PaperNumberPage> page(Visitor visitor, String body, String id, String item) {
        return numbers.page(
                visitor,
                body,
                Addresses.number(id).orElse(0L),
                Addresses.number(item).orElse(0L));
    }
}
