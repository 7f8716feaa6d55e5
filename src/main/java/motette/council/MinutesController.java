package motette.council;

import io.micronaut.http.HttpHeaders;
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
import java.util.Set;
import java.util.function.Function;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;

/** The minutes of a session that is closed. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/minutes")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class MinutesController {

    private static final Set<String> SAID = Set.of("written", "signed", "approved", "corrected");
    private static final String PUBLIC = "public";

    private final Minutes minutes;
    private final MinutesPdf pdf;
    private final SessionRepository sessions;

    MinutesController(Minutes minutes, MinutesPdf pdf, SessionRepository sessions) {
        this.minutes = minutes;
        this.pdf = pdf;
        this.sessions = sessions;
    }

    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> read(
            String body,
            String id,
            @QueryValue(defaultValue = "") String view,
            @QueryValue(defaultValue = "") String done,
            Visitor visitor) {
        return session(
                body,
                id,
                session -> minutes.page(
                                visitor,
                                session,
                                view.equals(PUBLIC),
                                null,
                                Problems.none(),
                                SAID.contains(done) ? done : "")
                        .<HttpResponse<?>>map(page -> HttpResponse.ok(View.of("council/minutes", page)))
                        .orElseGet(HttpResponse::notFound));
    }

    /** Not there as long as nothing was written down that the reader may read. */
    @Get("/file.pdf")
    @Secured(SecurityRule.IS_ANONYMOUS)
    HttpResponse<?> print(String body, String id, @QueryValue(defaultValue = "") String view, Visitor visitor) {
        return session(
                body,
                id,
                session -> minutes.page(visitor, session, view.equals(PUBLIC), null, Problems.none(), "")
                        .filter(page -> page.content() != null && page.version() > 0)
                        .<HttpResponse<?>>map(page -> HttpResponse.ok(pdf.make(page))
                                .contentType(MediaType.APPLICATION_PDF_TYPE)
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "inline; filename=\"niederschrift-" + session.day()
                                                + (page.open() ? "" : "-nicht-oeffentlich") + ".pdf\""))
                        .orElseGet(HttpResponse::notFound));
    }

    @Post("/versions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> write(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = MinutesForm.of(fields);
        return session(
                body, id, session -> answer(session, visitor, form, minutes.write(visitor, session, form), "written"));
    }

    @Post("/signatures")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> sign(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        return session(body, id, session -> {
            minutes.sign(visitor, session, MinutesForm.of(fields));
            return HttpResponse.seeOther(URI.create(session.path() + "/minutes?done=signed"));
        });
    }

    @Post("/approval")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> approve(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = MinutesForm.of(fields);
        return session(
                body,
                id,
                session -> answer(session, visitor, form, minutes.approve(visitor, session, form), "approved"));
    }

    @Post("/corrections")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> correct(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = MinutesForm.of(fields);
        return session(
                body,
                id,
                session -> answer(session, visitor, form, minutes.correct(visitor, session, form), "corrected"));
    }

    private HttpResponse<?> answer(
            CouncilSession session, Visitor visitor, MinutesForm form, Problems problems, String said) {
        return problems.isEmpty()
                ? HttpResponse.seeOther(URI.create(session.path() + "/minutes?done=" + said))
                : minutes.page(visitor, session, false, form, problems, "")
                        .<HttpResponse<?>>map(
                                page -> HttpResponse.unprocessableEntity().body(View.of("council/minutes", page)))
                        .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse<?> session(String body, String id, Function<CouncilSession, HttpResponse<?>> deed) {
        return Addresses.number(id)
                .flatMap(number -> sessions.find(body, number))
                .<HttpResponse<?>>map(deed)
                .orElseGet(HttpResponse::notFound);
    }
}
