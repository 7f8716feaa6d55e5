package motette.council;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.View;
import org.jspecify.annotations.Nullable;

/** The page of one session, for who reads it and for who plans it. */
@Singleton
class SessionPages {

    private final SessionRepository sessions;
    private final AgendaRepository items;
    private final PaperNumberRepository numbers;
    private final AgendaPaperRepository papers;
    private final MinutesRepository minutes;
    private final Absences absences;
    private final Agenda agenda;
    private final CouncilRights rights;
    private final Clock clock;

    SessionPages(
            SessionRepository sessions,
            AgendaRepository items,
            PaperNumberRepository numbers,
            AgendaPaperRepository papers,
            MinutesRepository minutes,
            Absences absences,
            Agenda agenda,
            CouncilRights rights,
            Clock clock) {
        this.sessions = sessions;
        this.items = items;
        this.numbers = numbers;
        this.papers = papers;
        this.minutes = minutes;
        this.absences = absences;
        this.agenda = agenda;
        this.rights = rights;
        this.clock = clock;
    }

    /** What came back with problems; nothing for a page that is just opened. */
    record Came(String form, long item, SessionForm times, AgendaForm agenda, Problems problems) {

        static Came times(SessionForm form, Problems problems) {
            return new Came("times", 0, form, AgendaForm.empty(), problems);
        }

        static Came cancellation(CouncilSession session, SessionForm form, Problems problems) {
            return new Came(
                    "cancellation", 0, SessionForm.of(session).because(form.reason()), AgendaForm.empty(), problems);
        }

        static Came agenda(String form, long item, CouncilSession session, AgendaForm typed, Problems problems) {
            return new Came(form, item, SessionForm.of(session), typed, problems);
        }

        static Came nothing(CouncilSession session) {
            return new Came("", 0, SessionForm.of(session), AgendaForm.empty(), Problems.none());
        }
    }

    MutableHttpResponse<View> of(CouncilSession session, Visitor visitor, Came came, String said) {
        var insider = visitor.isSignedIn() && rights.belongs(visitor, session.bodyKey());
        var all = items.items(session.id(), insider);
        var invitation = items.invitation(session.id()).orElse(null);
        var expected = insider ? absences.expected(session).orElse(null) : null;
        var page = new SessionPage(
                session,
                session.isOver(clock.instant()),
                session.version() == 1 ? List.of() : sessions.earlier(session.id()),
                all.stream().filter(AgendaItem::isPublic).toList(),
                all.stream().filter(item -> !item.isPublic()).toList(),
                all.isEmpty() ? Map.of() : numbers.of(session.id()),
                all.isEmpty() ? Map.of() : papers.of(session.id(), insider),
                visitor.isSignedIn()
                        && rights.planning(visitor, session.bodyKey()).isEmpty(),
                minutes.areDue(session.id()),
                insider,
                visitor.isSignedIn()
                        && rights.sitting(visitor, session.bodyKey()).isEmpty(),
                visitor.isSignedIn()
                        && rights.planning(visitor, session.bodyKey()).isEmpty(),
                expected,
                expected == null ? null : expected.member(visitor.personId()),
                invitation,
                plan(session, visitor, came, invitation),
                came.problems(),
                said);
        var answer = HttpResponse.ok(View.of("council/session", page));
        return came.problems().isEmpty() ? answer : answer.status(422);
    }

    private SessionPage.@Nullable Plan plan(
            CouncilSession session, Visitor visitor, Came came, @Nullable Invitation invitation) {
        if (!visitor.isSignedIn()
                || session.isCancelled()
                || session.isOver(clock.instant())
                || rights.planning(visitor, session.bodyKey()).isPresent()) {
            return null;
        } else {
            int notice = items.noticeDays(session);
            return new SessionPage.Plan(
                    came.form(),
                    came.item(),
                    came.times(),
                    came.agenda(),
                    items.waiting(session, agenda.lastDay(session), clock.instant()),
                    invitation == null ? items.members(session) : List.of(),
                    invitation == null ? List.of() : items.dispatches(session.id()),
                    notice,
                    agenda.isShort(session, notice));
        }
    }
}
