package motette.council;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Clock;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.View;
import org.reactivestreams.Publisher;

/** The session on the wall of the room, and for everybody at home; and the signal that something has changed. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/live")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class LiveController {

    private final RoomRepository rooms;
    private final AgendaPaperRepository papers;
    private final RoomSignals signals;
    private final SessionRepository sessions;
    private final CouncilRights rights;
    private final Clock clock;

    LiveController(
            RoomRepository rooms,
            AgendaPaperRepository papers,
            RoomSignals signals,
            SessionRepository sessions,
            CouncilRights rights,
            Clock clock) {
        this.rooms = rooms;
        this.papers = papers;
        this.signals = signals;
        this.sessions = sessions;
        this.rights = rights;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> live(String body, String id, Visitor visitor) {
        var runs = visitor.isSignedIn() && rights.planning(visitor, body).isEmpty();
        return session(body, id)
                .map(session -> rooms.room(session, clock.instant()))
                .<HttpResponse<?>>map(room -> HttpResponse.ok(
                        View.of("council/live", LivePage.of(room, papers.onTheTable(room.current(), false), runs))))
                .orElseGet(HttpResponse::notFound);
    }

    /**
     * A number that grows with each deed in the room; what was done is read from the page. On another day there is nothing to follow,
     * and 204 tells a browser not to come again.
     */
    @Get("/events")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    HttpResponse<Publisher<Event<String>>> events(String body, String id) {
        var session = session(body, id);
        if (session.isEmpty()) {
            return HttpResponse.notFound();
        } else if (!session.get().isOn(clock.instant())) {
            return HttpResponse.noContent();
        } else {
            return HttpResponse.<Publisher<Event<String>>>ok(
                            signals.of(session.get().id()))
                    .header("Cache-Control", "no-store")
                    .header("X-Accel-Buffering", "no");
        }
    }

    private Optional<CouncilSession> session(String body, String id) {
        return Addresses.number(id).flatMap(number -> sessions.find(body, number));
    }
}
