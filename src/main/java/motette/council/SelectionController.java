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
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import motette.allocation.AllocationRights;
import motette.limits.Limits;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Texts;
import motette.shared.View;

/** What a session selects from, for the body and the staff of the city. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/selection")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class SelectionController {

    private static final List<String> SAID = List.of("taken", "kept", "moved");

    private final Selections deeds;
    private final SelectionRepository selections;
    private final Selectables selectables;
    private final SessionRepository sessions;
    private final RoomRepository rooms;
    private final AllocationRights readers;
    private final CouncilRights rights;
    private final Limits limits;
    private final Texts texts;
    private final Clock clock;

    SelectionController(
            Selections deeds,
            SelectionRepository selections,
            Selectables selectables,
            SessionRepository sessions,
            RoomRepository rooms,
            AllocationRights readers,
            CouncilRights rights,
            Limits limits,
            Texts texts,
            Clock clock) {
        this.deeds = deeds;
        this.selections = selections;
        this.selectables = selectables;
        this.sessions = sessions;
        this.rooms = rooms;
        this.readers = readers;
        this.rights = rights;
        this.limits = limits;
        this.texts = texts;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> selection(
            String body, String id, @QueryValue(defaultValue = "") String said, Visitor visitor, Locale locale) {
        demand(readers.reading(visitor, body));
        return session(
                body,
                id,
                session -> page(
                        session, visitor, locale, Optional.empty(), Problems.none(), SAID.contains(said) ? said : ""));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> save(String body, String id, @Body Map<String, String> fields, Visitor visitor, Locale locale) {
        var form = SelectionForm.of(fields);
        return session(body, id, session -> {
            if (form.taken().isPresent()) {
                limits.demand("allocation-runs", visitor.personId());
            }
            var problems = deeds.save(visitor, session, form);
            return problems.isEmpty()
                    ? HttpResponse.seeOther(URI.create(session.path() + "/selection?said="
                            + (form.moves() ? "moved" : form.taken().isPresent() ? "taken" : "kept")))
                    : page(session, visitor, locale, Optional.of(form), problems, "");
        });
    }

    /** What the typed selection comes to; nothing is saved. */
    @Post("/sums")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sums(String body, String id, @Body Map<String, String> fields, Visitor visitor, Locale locale) {
        demand(rights.planning(visitor, body));
        return session(
                body,
                id,
                session -> HttpResponse.ok(SelectionSums.of(
                                selectables.of(session, locale), SelectionForm.of(fields), texts, locale))
                        .contentType(MediaType.APPLICATION_JSON_TYPE));
    }

    private HttpResponse<?> page(
            CouncilSession session,
            Visitor visitor,
            Locale locale,
            Optional<SelectionForm> came,
            Problems problems,
            String said) {
        var all = selectables.of(session, locale);
        var saved = selections.latest(session.id());
        var typed = came.map(form -> new SelectionForm(UUID.randomUUID().toString(), saved.version(), "", form.lines()))
                .orElseGet(() -> SelectionForm.of(saved));
        var writes = rights.planning(visitor, session.bodyKey()).isEmpty();
        var follows = !writes && session.isOn(clock.instant());
        var page = new SelectionPage(
                session,
                SelectionPage.rows(all, saved, typed),
                SelectionPage.columns(all, saved),
                all.available(),
                saved,
                typed,
                SelectionSums.of(all, typed, texts, locale),
                writes,
                deeds.whyNot(session).orElse(null),
                follows ? session.path() + "/live/events" : null,
                follows ? rooms.versions(List.of(session.id())).getOrDefault(session.id(), 0L) : 0,
                problems,
                said);
        var view = View.of("council/selection", page);
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

    private static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
