package motette.council;

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
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** A resolution that was made in a session, and the mayor's objection to it. */
@Controller("/council/{body}/resolutions/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class ObjectionController {

    private static final int LONGEST = 4000;

    private final Objections objections;
    private final CouncilRights rights;

    ObjectionController(Objections objections, CouncilRights rights) {
        this.objections = objections;
        this.rights = rights;
    }

    @Get
    HttpResponse<?> one(String body, String id, @QueryValue(defaultValue = "") String done, Visitor visitor) {
        return seen(body, id, visitor)
                .<HttpResponse<?>>map(resolution -> HttpResponse.ok(View.of(
                        "council/objection", page(resolution, visitor, "", "", Problems.none(), !done.isEmpty()))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/objection")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> object(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var reason = RoomForm.text(fields, "reason", LONGEST);
        return seen(body, id, visitor)
                .<HttpResponse<?>>map(resolution ->
                        answer(resolution, visitor, "", reason, objections.object(visitor, resolution, reason)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/objection/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> end(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var reason = RoomForm.text(fields, "reason", LONGEST);
        var outcome = RoomForm.text(fields, "outcome", 20);
        return seen(body, id, visitor)
                .<HttpResponse<?>>map(resolution -> answer(
                        resolution, visitor, outcome, reason, objections.end(visitor, resolution, outcome, reason)))
                .orElseGet(HttpResponse::notFound);
    }

    /** What is not public is there for the body and the administration alone. */
    private Optional<ResolutionView> seen(String body, String id, Visitor visitor) {
        return Addresses.number(id)
                .flatMap(number -> objections.find(body, number))
                .filter(resolution -> resolution.isPublic()
                        || objections.isOffice(visitor)
                        || visitor.isSignedIn() && rights.belongs(visitor, body));
    }

    private HttpResponse<?> answer(
            ResolutionView resolution, Visitor visitor, String outcome, String reason, Problems problems) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(resolution.path() + "?done=yes"))
                : HttpResponse.unprocessableEntity()
                        .body(View.of(
                                "council/objection", page(resolution, visitor, outcome, reason, problems, false)));
    }

    private ObjectionPage page(
            ResolutionView resolution,
            Visitor visitor,
            String outcome,
            String reason,
            Problems problems,
            boolean done) {
        var office = objections.isOffice(visitor);
        return new ObjectionPage(
                resolution,
                office && resolution.objectedAt() == null && objections.isInTime(resolution),
                office && resolution.isObjected(),
                outcome,
                reason,
                problems,
                done);
    }
}
