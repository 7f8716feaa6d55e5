package motette.council;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import motette.people.Visitor;

/** A member cannot come to a session, or can after all. */
@Controller("/council/{body}/sessions/{id:[0-9]+}/absence")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_AUTHENTICATED)
class AbsenceController {

    private final Absences absences;
    private final SessionRepository sessions;

    AbsenceController(Absences absences, SessionRepository sessions) {
        this.absences = absences;
        this.sessions = sessions;
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> excuse(String body, String id, Visitor visitor) {
        return say(body, id, visitor, true, "excused");
    }

    @Post("/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> come(String body, String id, Visitor visitor) {
        return say(body, id, visitor, false, "coming");
    }

    private HttpResponse<?> say(String body, String id, Visitor visitor, boolean absent, String said) {
        return Addresses.number(id)
                .flatMap(number -> sessions.find(body, number))
                .<HttpResponse<?>>map(session -> {
                    absences.say(visitor, body, session.id(), absent);
                    return HttpResponse.seeOther(URI.create(session.path() + "?done=" + said));
                })
                .orElseGet(HttpResponse::notFound);
    }
}
