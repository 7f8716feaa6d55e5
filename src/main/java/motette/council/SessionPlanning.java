package motette.council;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.bodies.Bodies;
import motette.bodies.RulesOfProcedure;
import motette.people.Deputising;
import motette.people.RoleName;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;

/** Plans sessions of a body, moves and cancels them; who chairs the body and the platform administration may. */
@Singleton
class SessionPlanning {

    private final SessionRepository sessions;
    private final CouncilRights rights;
    private final Bodies bodies;
    private final InvitationMails mails;
    private final Deputising deputising;
    private final Audit audit;
    private final ApplicationEventPublisher<AgendaChanged> announcements;
    private final Clock clock;

    SessionPlanning(
            SessionRepository sessions,
            CouncilRights rights,
            Bodies bodies,
            InvitationMails mails,
            Deputising deputising,
            Audit audit,
            ApplicationEventPublisher<AgendaChanged> announcements,
            Clock clock) {
        this.sessions = sessions;
        this.rights = rights;
        this.bodies = bodies;
        this.mails = mails;
        this.deputising = deputising;
        this.audit = audit;
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * All days of the form, or none of them.
     *
     * @return what can be mended; empty when the sessions stand
     */
    @Transactional
    Problems plan(Visitor visitor, String bodyKey, SessionForm form) {
        demand(visitor, bodyKey);
        sessions.lockBody(bodyKey);
        var problems = check(bodyKey, form, false, 0);
        if (problems.isEmpty()) {
            for (var appointment : form.appointments()) {
                long id = sessions.insert(bodyKey, clock.instant(), visitor.personId());
                sessions.take(id, bodyKey, appointment.day());
                sessions.plan(id, 1, appointment, "", clock.instant(), visitor.personId());
                tell("council.session-planned", visitor, bodyKey, standing(bodyKey, id), "");
            }
        }
        return problems;
    }

    /** A new version of when and where, with its reason. */
    @Transactional
    Problems move(Visitor visitor, String bodyKey, long id, SessionForm form) {
        demand(visitor, bodyKey);
        var session = changeable(bodyKey, id);
        var problems = check(bodyKey, form, true, id);
        var isShort = problems.isEmpty() && isShort(session, form.appointments().getFirst());
        if (isShort) {
            form.urgencyProblem(
                    problems, noticeDays(bodyKey, form.appointments().getFirst().day()));
        }
        if (problems.isEmpty()) {
            var appointment = form.appointments().getFirst();
            sessions.take(id, bodyKey, appointment.day());
            sessions.plan(
                    id,
                    session.version() + 1,
                    appointment,
                    form.reason(),
                    isShort ? form.urgency() : "",
                    clock.instant(),
                    visitor.personId());
            tell("council.session-moved", visitor, bodyKey, standing(bodyKey, id), form.reason());
            mails.tellOfChange(standing(bodyKey, id));
        }
        return problems;
    }

    /** Whether another day leaves less notice than the rules of the body ask for (SächsGemO § 36). */
    private boolean isShort(CouncilSession session, Appointment appointment) {
        return !appointment.day().equals(session.day())
                && ChronoUnit.DAYS.between(LocalDate.now(clock.withZone(Time.ZONE)), appointment.day())
                        < noticeDays(session.bodyKey(), appointment.day());
    }

    private int noticeDays(String bodyKey, LocalDate day) {
        return bodies.rulesOf(bodyKey, day).map(RulesOfProcedure::noticeDays).orElse(0);
    }

    @Transactional
    Problems cancel(Visitor visitor, String bodyKey, long id, SessionForm form) {
        demand(visitor, bodyKey);
        var session = changeable(bodyKey, id);
        var problems = form.reasonProblem(Problems.none());
        if (problems.isEmpty()) {
            sessions.cancel(id, form.reason(), clock.instant(), visitor.personId());
            sessions.giveFree(id);
            tell("council.session-cancelled", visitor, bodyKey, session, form.reason());
            mails.tellOfChange(standing(bodyKey, id));
        }
        return problems;
    }

    /** The body is locked: nobody takes one of the days meanwhile. */
    private Problems check(String bodyKey, SessionForm form, boolean asksReason, long id) {
        var problems = form.problems(clock.instant(), asksReason);
        if (problems.isEmpty() && asksReason && form.appointments().size() > 1) {
            problems.add("days", "sessions.problem.days.one");
        }
        if (problems.isEmpty()) {
            for (var appointment : form.appointments()) {
                var day = appointment.day();
                sessions.holiday(day)
                        .ifPresent(name -> problems.add("days", "sessions.problem.days.holiday", day, name));
                if (sessions.meets(bodyKey, day, id)) {
                    problems.add("days", "sessions.problem.days.taken", day);
                }
            }
        }
        return problems;
    }

    private void tell(String deed, Visitor visitor, String bodyKey, CouncilSession session, String reason) {
        var subject = "body:" + bodyKey;
        audit.record(Deed.of(deed, subject)
                .by(visitor.personId(), rights.office(visitor, bodyKey))
                .because(reason)
                .with("session", session.id())
                .with("day", session.day().toString()));
        deputising.note(visitor, RoleName.CHAIR, bodyKey, subject);
        announcements.publishEvent(new AgendaChanged(session.id()));
    }

    private CouncilSession standing(String bodyKey, long id) {
        return sessions.find(bodyKey, id).orElseThrow();
    }

    private void demand(Visitor visitor, String bodyKey) {
        rights.planning(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
    }

    private CouncilSession changeable(String bodyKey, long id) {
        sessions.lockBody(bodyKey);
        var session = sessions.find(bodyKey, id).orElseThrow(() -> no("sessions.refusal.gone", bodyKey));
        if (session.isCancelled()) {
            throw no("sessions.refusal.cancelled", bodyKey);
        } else if (session.isOver(clock.instant())) {
            throw no("sessions.refusal.over", bodyKey);
        } else {
            return session;
        }
    }

    private static Refused no(String why, String bodyKey) {
        return new Refused(Refusal.of(why).withWayOut("/council/" + bodyKey + "/sessions", "sessions.to-sessions"));
    }
}
