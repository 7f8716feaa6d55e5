package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import motette.bodies.Bodies;
import motette.shared.Sql;
import motette.shared.Time;

/** Sessions of the demo city. */
@Singleton
public class SampleSessions {

    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private final SessionRepository sessions;
    private final AgendaRepository agenda;
    private final Bodies bodies;
    private final Sql sql;
    private final Clock clock;

    SampleSessions(SessionRepository sessions, AgendaRepository agenda, Bodies bodies, Sql sql, Clock clock) {
        this.sessions = sessions;
        this.agenda = agenda;
        this.bodies = bodies;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Plans an evening session of the body on each of these days that is no holiday; nothing where it has sessions already.
     *
     * @return numbers of the sessions
     */
    @Transactional
    public List<Long> plan(String bodyKey, List<LocalDate> days, String chair) {
        var planned = new ArrayList<Long>();
        if (!sql.holds("select from council_sessions where body_key = ?", bodyKey)) {
            for (var day : days) {
                if (sessions.holiday(day).isEmpty()) {
                    long id = sessions.insert(bodyKey, clock.instant(), person(chair));
                    sessions.take(id, bodyKey, day);
                    sessions.plan(id, 1, at(bodyKey, day), "", clock.instant(), person(chair));
                    planned.add(id);
                }
            }
        }
        return List.copyOf(planned);
    }

    @Transactional
    public void move(String bodyKey, long id, LocalDate day, String reason, String chair) {
        var session = sessions.find(bodyKey, id).orElseThrow();
        sessions.take(id, bodyKey, day);
        sessions.plan(id, session.version() + 1, at(bodyKey, day), reason, clock.instant(), person(chair));
    }

    @Transactional
    public void cancel(long id, String reason, String chair) {
        sessions.cancel(id, reason, clock.instant(), person(chair));
        sessions.giveFree(id);
    }

    /** What is usual, and between it the three ideas that wait with most supports. */
    @Transactional
    public void agenda(String bodyKey, long id, List<String> before, List<String> after, String chair) {
        var session = sessions.find(bodyKey, id).orElseThrow();
        before.forEach(title -> add(id, "", title, chair));
        agenda.waiting(session, session.day(), clock.instant()).stream()
                .filter(matter -> matter.key().startsWith("idea:"))
                .limit(3)
                .forEach(matter -> add(id, matter.key(), matter.title(), chair));
        after.forEach(title -> add(id, "", title, chair));
    }

    /** A session on this very day, to which the members are invited; none on a holiday, or where the body meets already. */
    @Transactional
    public void invited(String bodyKey, LocalDate day, List<String> before, List<String> after, String chair) {
        if (sessions.holiday(day).isEmpty() && !sessions.meets(bodyKey, day, 0)) {
            long id = sessions.insert(bodyKey, clock.instant(), person(chair));
            sessions.take(id, bodyKey, day);
            sessions.plan(id, 1, at(bodyKey, day), "", clock.instant(), person(chair));
            agenda(bodyKey, id, before, after, chair);
            var session = sessions.find(bodyKey, id).orElseThrow();
            agenda.invite(id, agenda.noticeDays(session), "", agenda.members(session), clock.instant(), person(chair));
        }
    }

    private void add(long id, String matter, String title, String chair) {
        var form = AgendaForm.of(Map.of("matter", matter));
        agenda.add(
                id,
                form.idea().or(() -> form.application().flatMap(agenda::ideaOf)),
                form.application(),
                title,
                form,
                false,
                clock.instant(),
                person(chair));
    }

    Appointment at(String bodyKey, LocalDate day) {
        var body = bodies.body(bodyKey).orElseThrow();
        return new Appointment(day.atTime(EVENING).atZone(Time.ZONE).toInstant(), body.venue(), body.address());
    }

    long person(String key) {
        return sql.number("select id from persons where demo_key = ?", key);
    }
}
