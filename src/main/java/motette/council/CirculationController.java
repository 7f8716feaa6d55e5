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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import motette.bodies.Bodies;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.View;

/** Decisions without a session: everybody reads the motion and how it ended, members answer, whoever runs the sessions begins and ends. */
@Controller("/council/{body}/circulations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class CirculationController {

    private static final Set<String> SAID = Set.of("started", "agree", "object", "biased", "adopted", "stopped");

    private final Circulations deeds;
    private final CirculationRepository circulations;
    private final Bodies bodies;
    private final CouncilRights rights;

    CirculationController(Circulations deeds, CirculationRepository circulations, Bodies bodies, CouncilRights rights) {
        this.deeds = deeds;
        this.circulations = circulations;
        this.bodies = bodies;
        this.rights = rights;
    }

    @Get
    HttpResponse<?> all(String body, Visitor visitor) {
        return bodies.on(body, deeds.today())
                .<HttpResponse<?>>map(found -> HttpResponse.ok(View.of(
                        "council/circulations",
                        page(found, visitor, CirculationForm.fresh(deeds.today()), Problems.none()))))
                .orElseGet(HttpResponse::notFound);
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> start(String body, @Body Map<String, String> fields, Visitor visitor) {
        var form = CirculationForm.of(fields);
        return bodies.on(body, deeds.today())
                .<HttpResponse<?>>map(found -> {
                    var started = deeds.start(visitor, body, form);
                    return started.problems().isEmpty()
                            ? HttpResponse.seeOther(
                                    URI.create("/council/" + body + "/circulations/" + started.id() + "?said=started"))
                            : HttpResponse.unprocessableEntity()
                                    .body(View.of(
                                            "council/circulations", page(found, visitor, form, started.problems())));
                })
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{id:[0-9]+}")
    HttpResponse<?> one(String body, String id, @QueryValue(defaultValue = "") String said, Visitor visitor) {
        return circulation(body, id, one -> page(one, visitor, "", Problems.none(), SAID.contains(said) ? said : ""));
    }

    @Post("/{id:[0-9]+}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> answer(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        rights.sitting(visitor, body).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return circulation(body, id, one -> {
            var answer = fields.getOrDefault("answer", "");
            deeds.answer(visitor, one, answer);
            return back(one, answer);
        });
    }

    /** Adopted where nobody objected, or taken back. */
    @Post("/{id:[0-9]+}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> end(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        rights.planning(visitor, body).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        return circulation(body, id, one -> {
            if (fields.getOrDefault("outcome", "").equals("adopted")) {
                deeds.adopt(visitor, one);
                return back(one, "adopted");
            }
            var reason = RoomForm.text(fields, "reason", 2000);
            var problems = deeds.stop(visitor, one, reason);
            return problems.isEmpty() ? back(one, "stopped") : page(one, visitor, reason, problems, "");
        });
    }

    private CirculationsPage page(motette.bodies.Body body, Visitor visitor, CirculationForm form, Problems problems) {
        var begins =
                visitor.isSignedIn() && rights.planning(visitor, body.key()).isEmpty();
        return new CirculationsPage(
                body,
                circulations.of(body.key()),
                begins ? form : null,
                begins ? deeds.waiting(body.key()) : List.of(),
                problems);
    }

    private HttpResponse<?> page(Circulation one, Visitor visitor, String reason, Problems problems, String said) {
        var page = View.of(
                "council/circulation",
                new CirculationPage(
                        one,
                        deeds.today(),
                        visitor.isSignedIn() ? one.member(visitor.personId()).orElse(null) : null,
                        visitor.isSignedIn() && rights.belongs(visitor, one.bodyKey()),
                        visitor.isSignedIn()
                                && rights.planning(visitor, one.bodyKey()).isEmpty(),
                        reason,
                        problems,
                        said));
        return problems.isEmpty()
                ? HttpResponse.ok(page)
                : HttpResponse.unprocessableEntity().body(page);
    }

    private HttpResponse<?> circulation(String body, String id, Function<Circulation, HttpResponse<?>> deed) {
        return Addresses.number(id)
                .filter(number -> number > 0)
                .flatMap(number -> circulations.find(body, number))
                .<HttpResponse<?>>map(deed)
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> back(Circulation one, String said) {
        return HttpResponse.seeOther(URI.create(one.path() + "?said=" + said));
    }
}
