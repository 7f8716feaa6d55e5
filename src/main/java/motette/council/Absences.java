package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.bodies.Bodies;
import motette.bodies.Quorum;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;

/**
 * Members say before a session that they cannot come, and take it back until it is opened. Nobody asks why; whoever plans the session
 * sees who, and whether enough will be there.
 */
@Singleton
class Absences {

    private final Sql sql;
    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final Bodies bodies;
    private final CouncilRights rights;
    private final Audit audit;
    private final Clock clock;

    Absences(
            Sql sql,
            SessionRepository sessions,
            AgendaRepository agenda,
            Bodies bodies,
            CouncilRights rights,
            Audit audit,
            Clock clock) {
        this.sql = sql;
        this.sessions = sessions;
        this.agenda = agenda;
        this.bodies = bodies;
        this.rights = rights;
        this.audit = audit;
        this.clock = clock;
    }

    /** Empty once the session is opened, over or cancelled: then nobody says any more that they cannot come. */
    @Transactional(readOnly = true)
    public Optional<Expected> expected(CouncilSession session) {
        if (!isAhead(session, clock.instant())) {
            return Optional.empty();
        }
        var members = members(session);
        int present = (int)
                members.stream().filter(each -> each.votes() && !each.excused()).count();
        return members.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expected(
                        members,
                        bodies.rulesOf(session.bodyKey(), session.day())
                                .flatMap(rules -> bodies.on(session.bodyKey(), session.day())
                                        .map(body -> Quorum.of(
                                                rules, body.seats(), Math.min(body.seats(), present), 0, false)))
                                .orElse(null)));
    }

    /**
     * Says that the visitor cannot come, or can after all; who has said so already says nothing new.
     *
     * @throws Refused where the session is opened, over or cancelled, or they will not sit in the body on its day
     */
    @Transactional
    public void say(Visitor visitor, String bodyKey, long sessionId, boolean absent) {
        rights.sitting(visitor, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        agenda.lock(sessionId);
        var session = sessions.find(bodyKey, sessionId).orElseThrow();
        if (session.isCancelled()) {
            throw no("sessions.refusal.cancelled", session);
        }
        var me = expected(session)
                .orElseThrow(() -> no("absence.refusal.opened", session))
                .member(visitor.personId());
        if (me == null) {
            throw no("absence.refusal.member", session);
        } else if (me.excused() != absent) {
            sql.change(
                    "insert into council_absences (session_id, person_id, absent, at) values (?, ?, ?, ?)",
                    sessionId,
                    visitor.personId(),
                    absent,
                    clock.instant());
            audit.record((absent
                            ? Deed.of("council.absence", "body:" + bodyKey)
                            : Deed.of("council.absence-withdrawn", "body:" + bodyKey))
                    .by(visitor.personId(), (me.chairs() ? "chair:" : "councillor:") + bodyKey)
                    .with("session", sessionId));
        }
    }

    private static boolean isAhead(CouncilSession session, Instant now) {
        return !session.isCancelled() && (!session.isOver(now) || session.isOn(now));
    }

    private List<Expected.Invited> members(CouncilSession session) {
        return sql.list(
                """
                select p.id, coalesce(p.pseudonym, ''), bool_or(r.seat is not null), bool_or(a.name = 'chair'),
                       exists (select from council_excused e where e.session_id = ? and e.person_id = p.id)
                  from acting_roles(?) a join roles r on r.id = a.role_id join persons p on p.id = a.person_id
                 where a.scope = ? and a.name in ('chair', 'councillor', 'fund-partner') and p.erased_at is null
                   and not exists (select from council_rooms o where o.session_id = ?)
                 group by p.id, p.pseudonym order by bool_or(a.name = 'chair') desc, min(r.seat), p.pseudonym\
                """,
                row -> new Expected.Invited(
                        row.getLong(1), row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5)),
                session.id(),
                session.startsAt(),
                session.bodyKey(),
                session.id());
    }

    private static Refused no(String why, CouncilSession session) {
        return new Refused(Refusal.of(why).withWayOut(session.path(), "agenda.to-session"));
    }
}
