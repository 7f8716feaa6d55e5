package motette.moderation;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.util.locale.HttpLocaleResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import motette.bodies.Bodies;
import motette.people.Visitor;
import motette.places.Places;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.View;

/** The coordinator's desk. Who has one is asked of {@link ModerationRights}, so that a deputy has it too. */
@Controller("/moderation")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class ModerationController {

    /** Characters of the public reason why an idea is closed. */
    private static final int SHORTEST_REASON = 10;

    private static final int LONGEST_REASON = 500;

    private final Desk desk;
    private final Moderation moderation;
    private final ModerationRights rights;
    private final Places places;
    private final Bodies bodies;
    private final HttpLocaleResolver languages;

    ModerationController(
            Desk desk,
            Moderation moderation,
            ModerationRights rights,
            Places places,
            Bodies bodies,
            HttpLocaleResolver languages) {
        this.desk = desk;
        this.moderation = moderation;
        this.rights = rights;
        this.places = places;
        this.bodies = bodies;
        this.languages = languages;
    }

    @Get
    HttpResponse<?> desk(
            Visitor visitor,
            HttpRequest<?> request,
            @QueryValue(defaultValue = "waiting") String view,
            @QueryValue(defaultValue = "0") long idea,
            @QueryValue(defaultValue = "0") long done,
            @QueryValue(defaultValue = "") String correct) {
        var wish = new Desk.Wish(view.equals("decided"), idea, done, correct.equals("place"));
        return desk.lay(visitor, languages.resolveOrDefault(request), wish, Desk.Typed.NOTHING)
                .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("moderation/desk", page)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/ideas/{number}/publication")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> publish(Visitor visitor, HttpRequest<?> request, long number) {
        return decide(visitor, request, number, DecisionKind.PUBLICATION, Map.of());
    }

    @Post("/ideas/{number}/return")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> giveBack(Visitor visitor, HttpRequest<?> request, long number, @Body Map<String, String> sent) {
        return decide(visitor, request, number, DecisionKind.RETURN, sent);
    }

    @Post("/ideas/{number}/decline")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> decline(Visitor visitor, HttpRequest<?> request, long number, @Body Map<String, String> sent) {
        return decide(visitor, request, number, DecisionKind.DECLINE, sent);
    }

    @Post("/ideas/{number}/place")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> correctPlace(Visitor visitor, HttpRequest<?> request, long number, @Body Map<String, String> sent) {
        Moderation.demand(rights.deciding(visitor));
        var reading = PlaceForm.of(sent).read(places, bodies);
        if (reading.place().isPresent()) {
            return moderation
                    .correctPlace(visitor, number, reading.place().get())
                    .<HttpResponse<?>>map(id -> HttpResponse.seeOther(URI.create(
                            desk.reads(visitor, number)
                                    ? "/moderation?idea=" + number + "&done=" + id
                                    : "/moderation?done=" + id)))
                    .orElseGet(HttpResponse::notFound);
        } else {
            return desk.lay(
                            visitor,
                            languages.resolveOrDefault(request),
                            new Desk.Wish(false, number, 0, true),
                            new Desk.Typed(DecisionForm.EMPTY, reading.form(), "", reading.problems()))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("moderation/desk", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    @Post("/ideas/{number}/closing")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> close(Visitor visitor, HttpRequest<?> request, long number, @Body Map<String, String> sent) {
        Moderation.demand(rights.deciding(visitor));
        var reason = Reason.of(sent);
        if (Reason.fits(reason, SHORTEST_REASON, LONGEST_REASON)) {
            return moderation.close(visitor, number, reason) ? to(number) : HttpResponse.notFound();
        } else {
            var problems = Problems.none().add("closing-reason", "closing.problem", SHORTEST_REASON, LONGEST_REASON);
            return desk.lay(
                            visitor,
                            languages.resolveOrDefault(request),
                            new Desk.Wish(false, number, 0, false),
                            new Desk.Typed(DecisionForm.EMPTY, null, reason, problems))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("moderation/desk", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    @Post("/ideas/{number}/closing/reversal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> open(Visitor visitor, long number) {
        return moderation.open(visitor, number) ? to(number) : HttpResponse.notFound();
    }

    private static HttpResponse<?> to(long number) {
        return HttpResponse.seeOther(URI.create("/moderation?idea=" + number));
    }

    @Post("/decisions/{id}/reversal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> undo(Visitor visitor, long id) {
        return moderation
                .undo(visitor, id)
                .<HttpResponse<?>>map(number -> HttpResponse.seeOther(URI.create("/moderation?idea=" + number)))
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> decide(
            Visitor visitor, HttpRequest<?> request, long number, DecisionKind kind, Map<String, String> sent) {
        Moderation.demand(rights.deciding(visitor));
        var form = DecisionForm.of(kind, sent);
        var problems = form.problems(kind);
        if (problems.isEmpty()) {
            return toNext(visitor, moderation.decide(visitor, number, kind, form.reason(), form.note()));
        } else {
            return desk.lay(
                            visitor,
                            languages.resolveOrDefault(request),
                            new Desk.Wish(false, number, 0, false),
                            new Desk.Typed(form, null, "", problems))
                    .<HttpResponse<?>>map(
                            page -> HttpResponse.unprocessableEntity().body(View.of("moderation/desk", page)))
                    .orElseGet(HttpResponse::notFound);
        }
    }

    private HttpResponse<?> toNext(Visitor visitor, Optional<Long> decision) {
        return decision.<HttpResponse<?>>map(id -> {
                    long next = desk.next(visitor);
                    return HttpResponse.seeOther(
                            URI.create("/moderation?" + (next == 0 ? "" : "idea=" + next + "&") + "done=" + id));
                })
                .orElseGet(HttpResponse::notFound);
    }
}
