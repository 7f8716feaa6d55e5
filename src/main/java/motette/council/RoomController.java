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
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import motette.bodies.Functions;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** The room, for who runs the session. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/room")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class RoomController {

    private final RoomDeeds deeds;
    private final RoomRepository rooms;
    private final AgendaPaperRepository papers;
    private final Selections selections;
    private final SessionRepository sessions;
    private final Functions functions;
    private final CouncilRights rights;
    private final Clock clock;

    RoomController(
            RoomDeeds deeds,
            RoomRepository rooms,
            AgendaPaperRepository papers,
            Selections selections,
            SessionRepository sessions,
            Functions functions,
            CouncilRights rights,
            Clock clock) {
        this.deeds = deeds;
        this.rooms = rooms;
        this.papers = papers;
        this.selections = selections;
        this.sessions = sessions;
        this.functions = functions;
        this.rights = rights;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> room(String body, String id, Visitor visitor) {
        rights.planning(visitor, body).ifPresent(RoomController::deny);
        return session(body, id, session -> page(session, "", null, RoomForm.empty(), Problems.none()));
    }

    @Post("/opening")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> open(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            deeds.open(visitor, session);
            return back(session, "");
        });
    }

    @Post("/closing")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> close(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            deeds.close(visitor, session);
            return back(session, "");
        });
    }

    @Post("/attendance")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> mark(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            deeds.mark(
                    visitor,
                    session,
                    Addresses.number(fields.getOrDefault("person", "")).orElse(0L),
                    fields.getOrDefault("present", "").equals("yes"));
            return back(session, "#attendance");
        });
    }

    /** Calls an item, or ends one on which nothing is resolved. */
    @Post("/items/{item:[0-9]+}/treatment")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> treat(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        var form = RoomForm.of(fields);
        return session(body, id, session -> {
            if (form.outcome().equals("called")) {
                deeds.call(visitor, session, number(item));
                return back(session, "");
            } else {
                return answer(session, "end", null, form, deeds.end(visitor, session, number(item), form));
            }
        });
    }

    @Post("/items/{item:[0-9]+}/biases")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> declare(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        rights.planning(visitor, body).ifPresent(RoomController::deny);
        return session(
                body,
                id,
                session -> answer(
                        session,
                        "bias",
                        null,
                        RoomForm.of(fields),
                        deeds.declare(
                                visitor,
                                session,
                                number(item),
                                Addresses.number(fields.getOrDefault("person", ""))
                                        .orElse(0L),
                                fields.getOrDefault("ground", ""))));
    }

    @Post("/items/{item:[0-9]+}/motions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> move(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        var form = MotionForm.of(fields);
        return session(
                body,
                id,
                session -> answer(
                        session, "motion", form, RoomForm.empty(), deeds.move(visitor, session, number(item), form)));
    }

    @Post("/items/{item:[0-9]+}/votes")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> begin(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            deeds.begin(visitor, session, number(item), RoomForm.of(fields));
            return back(session, "");
        });
    }

    @Post("/votes/{vote:[0-9]+}/choices")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> chooseFor(String body, String id, String vote, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            deeds.chooseFor(
                    visitor,
                    session,
                    Addresses.number(fields.getOrDefault("person", "")).orElse(0L),
                    number(vote),
                    fields.getOrDefault("choice", ""));
            return back(session, "");
        });
    }

    @Post("/votes/{vote:[0-9]+}/result")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> count(String body, String id, String vote, @Body Map<String, String> fields, Visitor visitor) {
        var form = RoomForm.of(fields);
        var item = fields.getOrDefault("item", "");
        return session(
                body,
                id,
                session -> form.outcome().equals("void")
                        ? answer(
                                session,
                                "void",
                                null,
                                form,
                                deeds.annul(visitor, session, number(item), number(vote), form))
                        : answer(
                                session,
                                "count",
                                null,
                                form,
                                deeds.count(visitor, session, number(item), number(vote), form)));
    }

    @Post("/items/{item:[0-9]+}/rejection")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> decline(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        var form = RoomForm.of(fields);
        return session(
                body,
                id,
                session -> answer(session, "decline", null, form, deeds.decline(visitor, session, number(item), form)));
    }

    private HttpResponse<?> answer(
            CouncilSession session, String name, @Nullable MotionForm motion, RoomForm form, Problems problems) {
        return problems.isEmpty() ? back(session, "") : page(session, name, motion, form, problems);
    }

    private HttpResponse<?> page(
            CouncilSession session, String came, @Nullable MotionForm motion, RoomForm form, Problems problems) {
        var room = rooms.room(session, clock.instant());
        var page = new RoomPage(
                room,
                came,
                motion == null ? MotionForm.fresh(room.motion(), room.matter()) : motion,
                form,
                problems,
                room.openedAt() == null ? deeds.whyNotYet(session).orElse(null) : null,
                room.matter() == null || room.current() == null
                        ? null
                        : selections.line(session, room.current().id()).orElse(null),
                papers.onTheTable(room.current(), true),
                hints(room));
        return problems.isEmpty()
                ? HttpResponse.ok(View.of("council/room", page))
                : HttpResponse.unprocessableEntity().body(View.of("council/room", page));
    }

    /** Members who may be biased, because they declared a function where the money is to go (SächsGemO § 20). */
    private List<String> hints(Room room) {
        return room.matter() == null || room.matter().application() == 0
                ? List.of()
                : rooms.organisation(room.matter().application())
                        .map(name -> functions
                                .hints(
                                        room.session().bodyKey(),
                                        name,
                                        room.session().day())
                                .stream()
                                .map(hint -> hint.pseudonym())
                                .distinct()
                                .toList())
                        .orElse(List.of());
    }

    private HttpResponse<?> session(String body, String id, Function<CouncilSession, HttpResponse<?>> deed) {
        return Addresses.number(id)
                .flatMap(number -> sessions.find(body, number))
                .<HttpResponse<?>>map(deed)
                .orElseGet(HttpResponse::notFound);
    }

    private static HttpResponse<?> back(CouncilSession session, String part) {
        return HttpResponse.seeOther(URI.create(session.path() + "/room" + part));
    }

    private static long number(String text) {
        return Addresses.number(text).orElse(0L);
    }

    private static void deny(Refusal refusal) {
        throw new Denied(refusal);
    }
}
