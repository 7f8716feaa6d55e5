package motette.council;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import motette.people.Visitor;
import motette.shared.Problems;

/** The agenda of a session, as who chairs sets it. */
@Controller("/council/{body}/sessions/{id:[0-9]+}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AgendaController {

    /** More than any agenda has. */
    private static final int MOST_ITEMS = 500;

    private final Agenda agenda;
    private final SessionRepository sessions;
    private final SessionPages pages;

    AgendaController(Agenda agenda, SessionRepository sessions, SessionPages pages) {
        this.agenda = agenda;
        this.sessions = sessions;
        this.pages = pages;
    }

    @Post("/agenda")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> add(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = AgendaForm.of(fields);
        return session(
                body,
                id,
                session -> answer(
                        session, visitor, "agenda", 0, form, agenda.add(visitor, body, session.id(), form), "added"));
    }

    @Post("/agenda/order")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> order(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var order = Stream.of(fields.getOrDefault("order", "").split(","))
                .limit(MOST_ITEMS)
                .map(each -> Addresses.number(each).orElse(0L))
                .toList();
        return session(body, id, session -> {
            agenda.order(visitor, body, session.id(), order);
            return HttpResponse.seeOther(URI.create(session.path() + "#agenda"));
        });
    }

    @Post("/agenda/{item:[0-9]+}/order")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> move(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            agenda.move(visitor, body, session.id(), Addresses.number(item).orElse(0L), fields.getOrDefault("to", ""));
            return HttpResponse.seeOther(URI.create(session.path() + "#agenda"));
        });
    }

    @Post("/agenda/{item:[0-9]+}/removal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(String body, String id, String item, @Body Map<String, String> fields, Visitor visitor) {
        var form = AgendaForm.of(fields);
        long number = Addresses.number(item).orElse(0L);
        return session(
                body,
                id,
                session -> answer(
                        session,
                        visitor,
                        "removal",
                        number,
                        form,
                        agenda.remove(visitor, body, session.id(), number, form),
                        "removed"));
    }

    @Post("/invitation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> invite(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = AgendaForm.of(fields);
        return session(
                body,
                id,
                session -> answer(
                        session,
                        visitor,
                        "invitation",
                        0,
                        form,
                        agenda.invite(visitor, body, session.id(), form),
                        "invited"));
    }

    private HttpResponse<?> answer(
            CouncilSession session,
            Visitor visitor,
            String name,
            long item,
            AgendaForm form,
            Problems problems,
            String said) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(session.path() + "?done=" + said + "#agenda"))
                : pages.of(session, visitor, SessionPages.Came.agenda(name, item, session, form, problems), "");
    }

    private HttpResponse<?> session(String body, String id, Function<CouncilSession, HttpResponse<?>> deed) {
        Optional<CouncilSession> session = Addresses.number(id).flatMap(number -> sessions.find(body, number));
        return session.<HttpResponse<?>>map(deed).orElseGet(HttpResponse::notFound);
    }
}
