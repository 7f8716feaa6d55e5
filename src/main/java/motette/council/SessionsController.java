package motette.council;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
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
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import motette.bodies.Bodies;
import motette.council.SessionPages.Came;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Texts;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** When bodies meet: a list for people, a feed for calendars, and the plan of who chairs. */
@Controller("/council")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
class SessionsController {

    private static final Set<String> SAID =
            Set.of("planned", "moved", "cancelled", "added", "removed", "invited", "numbered", "excused", "coming");
    private static final MediaType CALENDAR = MediaType.of("text/calendar;charset=utf-8");

    private final SessionRepository sessions;
    private final SessionPlanning planning;
    private final SessionPages pages;
    private final SessionCalendar calendar;
    private final CouncilRights rights;
    private final Bodies bodies;
    private final Texts texts;
    private final HttpLocaleResolver locales;
    private final Clock clock;

    SessionsController(
            SessionRepository sessions,
            SessionPlanning planning,
            SessionPages pages,
            SessionCalendar calendar,
            CouncilRights rights,
            Bodies bodies,
            Texts texts,
            HttpLocaleResolver locales,
            Clock clock) {
        this.sessions = sessions;
        this.planning = planning;
        this.pages = pages;
        this.calendar = calendar;
        this.rights = rights;
        this.bodies = bodies;
        this.texts = texts;
        this.locales = locales;
        this.clock = clock;
    }

    @Get("/sessions")
    View all() {
        return View.of(
                "council/sessions",
                new SessionsPage(
                        null,
                        0,
                        List.of(),
                        SessionsPage.months(coming(), clock.instant()),
                        bodies.all(),
                        null,
                        Problems.none(),
                        ""));
    }

    @Get("/sessions.ics")
    HttpResponse<String> calendarOfAll(HttpRequest<?> request) {
        var language = locales.resolveOrDefault(request);
        return calendar(calendar.of(texts.get(language, "sessions.title"), coming(), language));
    }

    @Get("/{body}/sessions")
    HttpResponse<?> of(
            String body,
            @QueryValue(defaultValue = "") String year,
            @QueryValue(defaultValue = "") String done,
            Visitor visitor) {
        return bodies.on(body, today())
                .<HttpResponse<?>>map(found -> page(
                        found,
                        Addresses.year(year).orElse(today().getYear()),
                        plans(visitor, body) ? SessionForm.at(found.venue(), found.address()) : null,
                        Problems.none(),
                        said(done)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{body}/sessions")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> plan(String body, @Body Map<String, String> fields, Visitor visitor) {
        var form = SessionForm.of(fields);
        return bodies.body(body)
                .<HttpResponse<?>>map(found -> {
                    var problems = planning.plan(visitor, body, form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create("/council/" + body + "/sessions?year="
                                    + form.appointments().getFirst().day().getYear() + "&done=planned"))
                            : page(found, today().getYear(), form, problems, "").status(422);
                })
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{body}/sessions.ics")
    HttpResponse<?> calendarOf(String body, HttpRequest<?> request) {
        var language = locales.resolveOrDefault(request);
        return bodies.body(body)
                .<HttpResponse<?>>map(found -> calendar(calendar.of(
                        texts.get(language, "sessions.title.of", found.name()),
                        sessions.of(body, today().minusYears(1), end()),
                        language)))
                .orElseGet(HttpResponse::notFound);
    }

    @Get("/{body}/sessions/{id:[0-9]+}")
    HttpResponse<?> one(String body, String id, @QueryValue(defaultValue = "") String done, Visitor visitor) {
        return session(body, id)
                .<HttpResponse<?>>map(session -> pages.of(session, visitor, Came.nothing(session), said(done)))
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{body}/sessions/{id:[0-9]+}/times")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> move(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = SessionForm.of(fields);
        return session(body, id)
                .<HttpResponse<?>>map(session -> {
                    var problems = planning.move(visitor, body, session.id(), form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create(session.path() + "?done=moved"))
                            : pages.of(session, visitor, Came.times(form, problems), "");
                })
                .orElseGet(HttpResponse::notFound);
    }

    @Post("/{body}/sessions/{id:[0-9]+}/cancellation")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Secured(SecurityRule.IS_AUTHENTICATED)
    HttpResponse<?> cancel(String body, String id, @Body Map<String, String> fields, Visitor visitor) {
        var form = SessionForm.of(fields);
        return session(body, id)
                .<HttpResponse<?>>map(session -> {
                    var problems = planning.cancel(visitor, body, session.id(), form);
                    return problems.isEmpty()
                            ? HttpResponse.seeOther(URI.create(session.path() + "?done=cancelled"))
                            : pages.of(session, visitor, Came.cancellation(session, form, problems), "");
                })
                .orElseGet(HttpResponse::notFound);
    }

    private Optional<CouncilSession> session(String body, String id) {
        return Addresses.number(id).flatMap(number -> sessions.find(body, number));
    }

    private boolean plans(Visitor visitor, String body) {
        return visitor.isSignedIn() && rights.planning(visitor, body).isEmpty();
    }

    private MutableHttpResponse<?> page(
            motette.bodies.Body body, int year, @Nullable SessionForm form, Problems problems, String done) {
        var now = clock.instant();
        return HttpResponse.ok(View.of(
                "council/sessions",
                new SessionsPage(
                        body,
                        year,
                        IntStream.rangeClosed(today().getYear() - 1, today().getYear() + 1)
                                .boxed()
                                .toList(),
                        SessionsPage.months(
                                sessions.of(body.key(), LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1)), now),
                        List.of(),
                        form,
                        problems,
                        done)));
    }

    private List<CouncilSession> coming() {
        return sessions.from(today(), end());
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** Nobody plans later than this. */
    private LocalDate end() {
        return today().plusYears(3);
    }

    private static HttpResponse<String> calendar(String content) {
        return HttpResponse.ok(content).contentType(CALENDAR);
    }

    private static String said(String done) {
        return SAID.contains(done) ? done : "";
    }
}
