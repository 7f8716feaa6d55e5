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
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.View;

/** The room, for a member on their phone: what is dealt with, whether they are marked as present, their vote. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/seat")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class SeatController {

    private final RoomDeeds deeds;
    private final RoomRepository rooms;
    private final AgendaPaperRepository papers;
    private final SessionRepository sessions;
    private final CouncilRights rights;
    private final Clock clock;

    SeatController(
            RoomDeeds deeds,
            RoomRepository rooms,
            AgendaPaperRepository papers,
            SessionRepository sessions,
            CouncilRights rights,
            Clock clock) {
        this.deeds = deeds;
        this.rooms = rooms;
        this.papers = papers;
        this.sessions = sessions;
        this.rights = rights;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> seat(String body, String id, Visitor visitor) {
        sit(visitor, body);
        return session(body, id, session -> page(session, visitor, Problems.none()));
    }

    @Post("/items/{item:[0-9]+}/bias")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> declare(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        sit(visitor, body);
        return session(body, id, session -> {
            var problems = deeds.declare(
                    visitor,
                    session,
                    Addresses.number(item).orElse(0L),
                    visitor.personId(),
                    fields.getOrDefault("ground", ""));
            return problems.isEmpty() ? back(session) : page(session, visitor, problems);
        });
    }

    @Post("/votes/{vote:[0-9]+}/choice")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> choose(String body, String id, String vote, @Body Map<String, String> fields, Visitor visitor) {
        sit(visitor, body);
        return session(body, id, session -> {
            deeds.choose(visitor, session, Addresses.number(vote).orElse(0L), fields.getOrDefault("choice", ""));
            return back(session);
        });
    }

    private void sit(Visitor visitor, String body) {
        rights.sitting(visitor, body).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private HttpResponse<?> page(CouncilSession session, Visitor visitor, Problems problems) {
        var room = rooms.room(session, clock.instant());
        var me = room.member(visitor.personId())
                .orElseThrow(() ->
                        new Denied(Refusal.of("room.refusal.seat").withWayOut(session.path(), "agenda.to-session")));
        var view = View.of("council/seat", new SeatPage(room, me, papers.onTheTable(room.current(), true), problems));
        return problems.isEmpty()
                ? HttpResponse.ok(view)
                : HttpResponse.unprocessableEntity().body(view);
    }

    private HttpResponse<?> session(String body, String id, Function<CouncilSession, HttpResponse<?>> deed) {
        return Addresses.number(id)
                .flatMap(number -> sessions.find(body, number))
                .<HttpResponse<?>>map(deed)
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> back(CouncilSession session) {
        return HttpResponse.seeOther(URI.create(session.path() + "/seat"));
    }
}
