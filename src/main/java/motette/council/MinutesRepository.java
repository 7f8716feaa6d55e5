package motette.council;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Minutes as they were written down, signed, approved and corrected; nothing here ever changes. */
@Singleton
class MinutesRepository {

    private final Sql sql;

    MinutesRepository(Sql sql) {
        this.sql = sql;
    }

    /** @param by pseudonym of the minute-taker */
    @Introspected
    record Version(int version, String content, String sha256, String openSha256, Instant at, String by) {}

    /** @param role chair, minute-taker or member */
    @Introspected
    record Signature(String role, long personId, String name, Instant at) {}

    /** @param day of the session that approved; null where nobody objected in time */
    @Introspected
    record Approval(Instant at, @Nullable Instant day) {}

    @Introspected
    record Correction(boolean open, String words, Instant at) {}

    @Introspected
    record LaterSession(long id, Instant startsAt) {}

    @Transactional(readOnly = true)
    List<Version> versions(long sessionId) {
        return sql.list(
                """
                select v.version, v.content, v.sha256, v.open_sha256, v.at, coalesce(p.pseudonym, '')
                  from minutes_versions v join persons p on p.id = v.by where v.session_id = ? order by v.version desc\
                """,
                row -> new Version(
                        row.getInt(1),
                        row.getString(2),
                        HexFormat.of().formatHex(row.getBytes(3)),
                        HexFormat.of().formatHex(row.getBytes(4)),
                        row.getTimestamp(5).toInstant(),
                        row.getString(6)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Signature> signatures(long sessionId, int version) {
        return sql.list(
                """
                select s.role, s.person_id, coalesce(p.pseudonym, ''), s.at from minutes_signatures s join persons p on p.id = s.person_id
                 where s.session_id = ? and s.version = ? order by s.at, s.role\
                """,
                row -> new Signature(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()),
                sessionId,
                version);
    }

    @Transactional(readOnly = true)
    Optional<Approval> approval(long sessionId) {
        return sql.one(
                """
                select a.at, c.starts_at from minutes_approvals a left join council_calendar c on c.id = a.in_session
                 where a.session_id = ?\
                """,
                row -> new Approval(
                        row.getTimestamp(1).toInstant(),
                        Sql.instant(row, "starts_at").orElse(null)),
                sessionId);
    }

    @Transactional(readOnly = true)
    List<Correction> corrections(long sessionId, boolean insider) {
        return sql.list(
                "select open, words, at from minutes_corrections where session_id = ? and (open or ?) order by id",
                row -> new Correction(
                        row.getBoolean(1), row.getString(2), row.getTimestamp(3).toInstant()),
                sessionId,
                insider);
    }

    /** Closed sessions of the body that came later, in which it can have approved. */
    @Transactional(readOnly = true)
    List<LaterSession> later(CouncilSession session) {
        return sql.list(
                """
                select c.id, c.starts_at from council_calendar c join council_room_ends e on e.session_id = c.id
                 where c.body_key = ? and c.starts_at > ? order by c.starts_at\
                """,
                row -> new LaterSession(row.getLong(1), row.getTimestamp(2).toInstant()),
                session.bodyKey(),
                session.startsAt());
    }

    /** Whether the session is closed, so that there are minutes, or will be. */
    @Transactional(readOnly = true)
    boolean areDue(long sessionId) {
        return sql.holds("select from council_room_ends where session_id = ?", sessionId);
    }

    /** Whether somebody had a vote in the session and was there. */
    @Transactional(readOnly = true)
    boolean wasThere(long sessionId, long personId) {
        return sql.holds(
                "select from council_attendance where session_id = ? and person_id = ? and present and seat is not"
                        + " null",
                sessionId,
                personId);
    }

    /** Whether somebody wrote a version. */
    @Transactional(readOnly = true)
    boolean wrote(long sessionId, long personId) {
        return sql.holds("select from minutes_versions where session_id = ? and by = ?", sessionId, personId);
    }

    void write(long sessionId, int version, String content, byte[] sha256, byte[] openSha256, Instant at, long by) {
        sql.change(
                "insert into minutes_versions (session_id, version, content, sha256, open_sha256, at, by) values (?, ?,"
                        + " ?, ?, ?, ?, ?)",
                sessionId,
                version,
                content,
                sha256,
                openSha256,
                at,
                by);
    }

    void sign(long sessionId, int version, String role, Instant at, long by) {
        sql.change(
                "insert into minutes_signatures (session_id, version, role, person_id, at) values (?, ?, ?, ?, ?)",
                sessionId,
                version,
                role,
                by,
                at);
    }

    void approve(long sessionId, int version, Optional<Long> inSession, Instant at, long by) {
        sql.change(
                "insert into minutes_approvals (session_id, version, how, in_session, at, by) values (?, ?, ?, ?, ?,"
                        + " ?)",
                sessionId,
                version,
                inSession.isPresent() ? "session" : "lapse",
                inSession,
                at,
                by);
    }

    /** @return false where the same form came before */
    boolean correct(long sessionId, UUID request, boolean open, String words, Instant at, long by) {
        return sql.change(
                        "insert into minutes_corrections (request_id, session_id, open, words, at, by) values (?, ?,"
                                + " ?, ?, ?, ?) on conflict (request_id) do nothing",
                        request,
                        sessionId,
                        open,
                        words,
                        at,
                        by)
                == 1;
    }
}
