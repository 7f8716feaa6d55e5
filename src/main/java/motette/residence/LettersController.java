package motette.residence;

import static motette.residence.ResidenceRights.demand;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpHeaders;
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
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** The office prints letters with codes. */
@Controller("/residence/letters")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class LettersController {

    private final Letters letters;
    private final ResidenceRights rights;

    LettersController(Letters letters, ResidenceRights rights) {
        this.letters = letters;
        this.rights = rights;
    }

    /** The letters that wait and the batches made of them. */
    @Introspected
    record LettersPage(Letters.Waiting waiting, List<Batch> batches) {}

    @Introspected
    record BatchPage(Batch batch, String reason, Problems problems) {}

    @Get
    View waiting(Visitor visitor) {
        demand(rights.reading(visitor));
        return View.of("residence/letters", new LettersPage(letters.waiting(), letters.batches()));
    }

    @Post("/batches")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> make(Visitor visitor) {
        demand(rights.deciding(visitor));
        return to(letters.makeBatch(visitor.personId()));
    }

    @Get("/batches/{id}")
    HttpResponse<?> batch(long id, Visitor visitor) {
        demand(rights.reading(visitor));
        return letters.batch(id)
                .<HttpResponse<?>>map(batch -> HttpResponse.ok(page(batch, "", Problems.none())))
                .orElseGet(HttpResponse::notFound);
    }

    /** The file comes once, as the answer to this form, and is kept nowhere. */
    @Post("/batches/{id}/print")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> print(long id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return letters.print(visitor.personId(), id)
                .<HttpResponse<?>>map(pdf -> HttpResponse.ok(pdf)
                        .contentType(MediaType.APPLICATION_PDF_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "attachment; filename=\"motette-briefe-%d.pdf\"".formatted(id)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/batches/{id}/dispatch")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> dispatch(long id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return letters.dispatch(visitor.personId(), id) ? to(id) : HttpResponse.notFound();
    }

    @Post("/batches/{id}/void")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> voidBatch(long id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.deciding(visitor));
        var reason = Reasons.reason(sent);
        var problems = Reasons.problems(reason);
        if (problems.isEmpty()) {
            return letters.voidBatch(visitor.personId(), id, reason) ? to(id) : HttpResponse.notFound();
        } else {
            return letters.batch(id)
                    .<HttpResponse<?>>map(
                            batch -> HttpResponse.unprocessableEntity().body(page(batch, reason, problems)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    private static View page(Batch batch, String reason, Problems problems) {
        return View.of("residence/batch", new BatchPage(batch, reason, problems));
    }

    private static HttpResponse<?> to(long batch) {
        return HttpResponse.seeOther(URI.create("/residence/letters/batches/" + batch));
    }
}
