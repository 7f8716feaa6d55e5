package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Changes of a notice: what was asked for, what was said to it, and what was issued, each a row of its own. */
@Singleton
class ChangeRepository {

    private final Sql sql;

    ChangeRepository(Sql sql) {
        this.sql = sql;
    }

    boolean isAsked(UUID request) {
        return sql.holds("select from grant_change_requests where request_id = ?", request);
    }

    /** Asks for a change; what is empty stays as it is. */
    void ask(
            GrantFile file,
            UUID request,
            String purpose,
            Optional<LocalDate> to,
            Optional<Long> cents,
            String reason,
            long person,
            Instant now) {
        sql.change(
                "insert into grant_change_requests (request_id, resolution_id, purpose, project_to, amount_cents,"
                        + " reason, asked_by, asked_at) values (?, ?, ?, nullif(?, '')::date, nullif(?, 0), ?, ?, ?)",
                request,
                file.id(),
                purpose,
                to.map(LocalDate::toString).orElse(""),
                cents.orElse(0L),
                reason,
                person,
                now);
    }

    /** What was asked for and is not decided. */
    @Transactional(readOnly = true)
    public Optional<AskedChange> asked(GrantFile file) {
        return sql.one(
                "select id, purpose, project_to, coalesce(amount_cents, 0), reason, asked_at from grant_change_requests"
                        + " where id = ?",
                row -> new AskedChange(
                        row.getLong(1),
                        row.getString(2),
                        GrantRepository.day(row, "project_to"),
                        row.getLong(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant()),
                file.changeId());
    }

    void decide(long change, String outcome, String reason, long person, Instant now) {
        sql.change("insert into grant_change_answers values (?, ?, ?, ?, ?)", change, outcome, reason, person, now);
    }

    /** The latest request that was declined after the latest change; its reason, for whoever asked. */
    @Transactional(readOnly = true)
    public Optional<String> declined(GrantFile file) {
        return sql.one(
                        "select a.outcome, a.reason from grant_change_requests q join grant_change_answers a on"
                                + " a.change_id = q.id where q.resolution_id = ? order by q.id desc limit 1",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        file.id())
                .filter(answer -> answer.getKey().equals("declined"))
                .map(Map.Entry::getValue);
    }

    void change(GrantFile file, ChangedTerms terms, String content, byte[] pdf, long person, Instant now) {
        sql.change(
                "insert into grant_changes (resolution_id, version, cause, change_id, purpose, amount_cents,"
                    + " project_to, proof_due, simple_proof, reason, content, pdf, issued_by, issued_at) values (?, ?,"
                    + " ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)",
                file.id(),
                file.noticeVersion() + 1,
                terms.cause(),
                terms.change(),
                terms.purpose(),
                terms.cents(),
                terms.to(),
                terms.due(),
                terms.simple(),
                terms.reason(),
                content,
                pdf,
                person,
                now);
    }

    /** All changes of a notice, oldest first. */
    @Transactional(readOnly = true)
    public List<Change> of(long resolution) {
        return sql.list(
                "select c.version, c.cause, c.purpose, c.amount_cents, c.project_to, c.reason, c.issued_at,"
                    + " s.served_on, s.objection_to from grant_changes c left join grant_change_services s on"
                    + " (s.resolution_id, s.version) = (c.resolution_id, c.version) where c.resolution_id = ? order by"
                    + " c.version",
                row -> new Change(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getDate(5).toLocalDate(),
                        row.getString(6),
                        row.getTimestamp(7).toInstant(),
                        GrantRepository.day(row, "served_on"),
                        GrantRepository.day(row, "objection_to")),
                resolution);
    }

    @Transactional(readOnly = true)
    public Optional<byte[]> pdf(long resolution, int version) {
        return sql.one(
                "select pdf from grant_changes where resolution_id = ? and version = ?",
                row -> row.getBytes(1),
                resolution,
                version);
    }

    void serve(
            GrantFile file,
            int version,
            String channel,
            LocalDate sent,
            ServicePeriod period,
            long person,
            Instant now) {
        sql.change(
                "insert into grant_change_services values (?, ?, ?, ?, ?, ?, ?, ?)",
                file.id(),
                version,
                channel,
                sent,
                period.served(),
                period.lastDay(),
                person,
                now);
    }

    /**
     * A change that somebody asks for.
     *
     * @param purpose empty where it stays
     * @param to      null where the last day stays
     * @param cents   of the whole grant; 0 where the amount stays
     */
    @Introspected
    record AskedChange(long id, String purpose, @Nullable LocalDate to, long cents, String reason, Instant askedAt) {}

    /**
     * What a notice says from now on.
     *
     * @param cause  request, office or annulment
     * @param change the request; 0 without one
     */
    record ChangedTerms(
            String cause,
            long change,
            String purpose,
            long cents,
            LocalDate to,
            LocalDate due,
            boolean simple,
            String reason) {}

    /**
     * A change as it was issued.
     *
     * @param servedOn null while nobody said when it was made known
     */
    @Introspected
    record Change(
            int version,
            String cause,
            String purpose,
            long cents,
            LocalDate to,
            String reason,
            Instant issuedAt,
            @Nullable LocalDate servedOn,
            @Nullable LocalDate objectionTo) {}
}
