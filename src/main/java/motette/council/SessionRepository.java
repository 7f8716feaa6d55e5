package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.shared.Sql;
import motette.shared.Time;

/** When and where bodies meet. */
@Singleton
class SessionRepository {

    private static final String COLUMNS =
            "select id, body_key, body_name, version, starts_at, venue, address, change, cancelled, stands_since,"
                    + " urgency from council_calendar ";

    private final Sql sql;

    SessionRepository(Sql sql) {
        this.sql = sql;
    }

    /** Sessions of all bodies from a day on, with those that were cancelled. */
    @Transactional(readOnly = true)
    List<CouncilSession> from(LocalDate day, LocalDate to) {
        return sql.list(
                COLUMNS + "where starts_at >= ? and starts_at < ? order by starts_at, body_name",
                SessionRepository::session,
                begin(day),
                begin(to));
    }

    /** The same of one body. */
    @Transactional(readOnly = true)
    List<CouncilSession> of(String bodyKey, LocalDate day, LocalDate to) {
        return sql.list(
                COLUMNS + "where body_key = ? and starts_at >= ? and starts_at < ? order by starts_at, id",
                SessionRepository::session,
                bodyKey,
                begin(day),
                begin(to));
    }

    @Transactional(readOnly = true)
    Optional<CouncilSession> find(String bodyKey, long id) {
        return sql.one(COLUMNS + "where body_key = ? and id = ?", SessionRepository::session, bodyKey, id);
    }

    /** The first that takes place and does not begin before. */
    @Transactional(readOnly = true)
    Optional<CouncilSession> next(String bodyKey, Instant from) {
        return sql.one(
                COLUMNS + "where body_key = ? and starts_at >= ? and cancelled = '' order by starts_at limit 1",
                SessionRepository::session,
                bodyKey,
                from);
    }

    /** How it was planned before, newest first; without how it stands now. */
    @Transactional(readOnly = true)
    List<Earlier> earlier(long id) {
        return sql.list(
                """
                select t.starts_at, t.venue, n.reason, n.at
                  from council_session_times t
                  join council_session_times n on n.session_id = t.session_id and n.version = t.version + 1
                 where t.session_id = ? order by t.version desc\
                """,
                row -> new Earlier(
                        row.getTimestamp(1).toInstant(),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()),
                id);
    }

    /** The public holiday of Saxony on that day. */
    @Transactional(readOnly = true)
    Optional<String> holiday(LocalDate day) {
        return sql.one("select name from holidays where date = ?", row -> row.getString(1), day);
    }

    /** Whether the body meets on that day already, in another session. */
    boolean meets(String bodyKey, LocalDate day, long apartFrom) {
        return sql.holds(
                "select from council_days where body_key = ? and day = ? and session_id <> ?", bodyKey, day, apartFrom);
    }

    /** Whoever plans for a body waits for whoever does. */
    void lockBody(String bodyKey) {
        sql.list("select from bodies where key = ? for no key update", row -> true, bodyKey);
    }

    long insert(String bodyKey, Instant at, long by) {
        return sql.number(
                "insert into council_sessions (body_key, planned_at, planned_by) values (?, ?, ?) returning id",
                bodyKey,
                at,
                by);
    }

    /** Instead of the day that it had. */
    void take(long id, String bodyKey, LocalDate day) {
        giveFree(id);
        sql.change("insert into council_days (session_id, body_key, day) values (?, ?, ?)", id, bodyKey, day);
    }

    void giveFree(long id) {
        sql.change("delete from council_days where session_id = ?", id);
    }

    void plan(long id, int version, Appointment appointment, String reason, Instant at, long by) {
        plan(id, version, appointment, reason, "", at, by);
    }

    /** @param urgency why another day leaves less notice than the rules ask for; empty where it does not */
    void plan(long id, int version, Appointment appointment, String reason, String urgency, Instant at, long by) {
        sql.change(
                "insert into council_session_times (session_id, version, starts_at, venue, address, reason, urgency,"
                        + " at, by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                version,
                appointment.startsAt(),
                appointment.venue(),
                appointment.address(),
                reason,
                urgency,
                at,
                by);
    }

    void cancel(long id, String reason, Instant at, long by) {
        sql.change(
                "insert into council_session_cancellations (session_id, reason, at, by) values (?, ?, ?, ?)",
                id,
                reason,
                at,
                by);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(Time.ZONE).toInstant();
    }

    private static CouncilSession session(ResultSet row) throws SQLException {
        return new CouncilSession(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getTimestamp(5).toInstant(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getTimestamp(10).toInstant(),
                row.getString(11));
    }
}
