package motette.votes;

import static motette.votes.PreparationController.to;
import static motette.votes.RoundRights.demand;

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
import java.util.Map;
import motette.people.Visitor;
import motette.shared.RowNumbers;

/** The count, the protocol with its two signatures, the publication. */
@Controller("/votes/desk/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ClosingController {

    private final Closing closing;
    private final RoundRepository rounds;
    private final RoundRights rights;

    ClosingController(Closing closing, RoundRepository rounds, RoundRights rights) {
        this.closing = closing;
        this.rounds = rounds;
        this.rights = rights;
    }

    @Post("/count")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> count(String id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return closing.count(visitor, RowNumbers.of(id))
                ? to(RowNumbers.of(id), "?said=counted")
                : HttpResponse.notFound();
    }

    /** Before the publication it is for those who sign and check it. */
    @Get("/protocol.pdf")
    HttpResponse<?> protocol(String id, Visitor visitor) {
        demand(rights.checking(visitor));
        return rounds.find(RowNumbers.of(id))
                .flatMap(closing::document)
                .<HttpResponse<?>>map(pdf -> HttpResponse.ok(pdf)
                        .contentType(MediaType.APPLICATION_PDF_TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .header(
                                HttpHeaders.CONTENT_DISPOSITION,
                                "inline; filename=\"protokoll-%s.pdf\"".formatted(RowNumbers.of(id))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/signatures")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sign(String id, @Body Map<String, String> sent, Visitor visitor) {
        demand(rights.signing(visitor));
        return closing.sign(visitor, RowNumbers.of(id), Typed.line(sent, "protocol"))
                ? to(RowNumbers.of(id), "?said=signed")
                : HttpResponse.notFound();
    }

    @Post("/publication")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> publish(String id, Visitor visitor) {
        demand(rights.deciding(visitor));
        return closing.publish(visitor, RowNumbers.of(id))
                ? to(RowNumbers.of(id), "?said=published")
                : HttpResponse.notFound();
    }
}
