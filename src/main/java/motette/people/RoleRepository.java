package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import motette.shared.Sql;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** Rows of roles, and the rules about them. */
@Singleton
class RoleRepository {

    private static final String TERMS = """
        select r.id, r.person_id, r.name, r.scope, r.from_date, r.to_date, r.begins_at, nullif(r.acts_until, 'infinity') as acts_until,
               r.reason, coalesce(g.pseudonym, '') as granted_by, r.ended_at, coalesce(e.pseudonym, '') as ended_by, r.end_reason
          from roles r left join persons g on g.id = r.granted_by left join persons e on e.id = r.ended_by\
        """;

    private final Sql sql;
    private final Clock clock;

    RoleRepository(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Grants and endings follow each other until the transaction ends, so that each sees what the one before did. */
    void lock() {
        sql.list("select pg_advisory_xact_lock(hashtext('motette roles'))", row -> true);
    }

    /** All terms of somebody, the latest first. */
    @Transactional(readOnly = true)
    List<RoleTerm> of(long personId) {
        return sql.list(
                TERMS + " where r.person_id = ? order by r.acts_until desc, r.begins_at desc, r.id",
                RoleRepository::term,
                personId);
    }

    @Transactional(readOnly = true)
    Optional<RoleTerm> find(long id) {
        return sql.one(TERMS + " where r.id = ?", RoleRepository::term, id);
    }

    /** Terms in a body, past ones too, without those that never began. */
    @Transactional(readOnly = true)
    List<RoleTerm> in(String scope) {
        return sql.list(
                TERMS + " where r.scope = ? and r.acts_until > r.begins_at order by r.id", RoleRepository::term, scope);
    }

    /** Other people who administer at a moment. */
    int otherAdministrators(long personId, Instant moment) {
        return Math.toIntExact(sql.number(
                "select count(distinct person_id) from roles where name = 'administrator' and person_id <> ?"
                        + " and begins_at <= ? and acts_until > ?",
                personId,
                moment,
                moment));
    }

    /**
     * The rule against holding two roles at the same time.
     *
     * @param why key of the sentence: {@code people.conflict.<why>}
     */
    record Conflict(RoleName one, RoleName other, String why) {

        boolean concerns(RoleName granted, RoleName held) {
            return one == granted && other == held || one == held && other == granted;
        }
    }

    @Transactional(readOnly = true)
    List<Conflict> conflicts() {
        return sql.list(
                "select name, other, why from role_conflicts",
                row -> new Conflict(role(row.getString(1)), role(row.getString(2)), row.getString(3)));
    }

    /** Whether a body has no seat for this role that is free the whole time, or from now on. */
    boolean isFull(long personId, RoleName name, String scope, LocalDate from, @Nullable LocalDate to) {
        var since = begin(from);
        var until = to == null ? Optional.<Instant>empty() : Optional.of(begin(to.plusDays(1)));
        var now = clock.instant();
        return sql.number(
                        "select greatest(free_seat(?, ?, ?, 0, ?::timestamptz, coalesce(?::timestamptz, 'infinity')),"
                                + " free_seat(?, ?, ?, 0, greatest(?::timestamptz, ?::timestamptz),"
                                + " coalesce(?::timestamptz, 'infinity')))",
                        name.key(),
                        scope,
                        personId,
                        since,
                        until,
                        name.key(),
                        scope,
                        personId,
                        since,
                        now,
                        until)
                == -1;
    }

    /** Seats of a body on a day that holders of other roles leave free; empty where their number is not established. */
    Optional<Integer> seatsFor(String scope, Set<String> names, LocalDate day) {
        return sql.one(
                        "select seats_in(?, daterange(?, ?, '[]')), (select count(*) from roles where scope = ? and"
                                + " seat is not null and not name = any (?) and begins_at <= ? and acts_until > ?)",
                        row -> row.getInt(1) == 0
                                ? Optional.<Integer>empty()
                                : Optional.of(row.getInt(1) - row.getInt(2)),
                        scope,
                        day,
                        day,
                        scope,
                        names.toArray(String[]::new),
                        begin(day),
                        begin(day))
                .flatMap(left -> left);
    }

    /** @return the id; empty where they hold the role already at some moment of that time */
    Optional<Long> insert(
            long personId,
            RoleName name,
            String scope,
            LocalDate from,
            @Nullable LocalDate to,
            long grantedBy,
            String reason) {
        return sql.one(
                "insert into roles (person_id, name, scope, from_date, to_date, granted_by, granted_at,"
                        + " reason, resumes_at) values (?, ?, ?, ?, ?, ?, ?, ?, (select max(ended_at) from roles"
                        + " where person_id = ? and name = ? and scope = ? and ended_at > ? and ended_at <= ?)) on"
                        + " conflict do nothing returning id",
                row -> row.getLong(1),
                personId,
                name.key(),
                scope,
                from,
                Optional.ofNullable(to),
                person(grantedBy),
                clock.instant(),
                reason,
                personId,
                name.key(),
                scope,
                begin(from),
                clock.instant());
    }

    /** @param at from this moment on it acts no longer */
    void end(long id, Instant at, long endedBy, String reason) {
        sql.change(
                "update roles set ended_at = ?, ended_by = ?, end_reason = ? where id = ?",
                at,
                person(endedBy),
                reason,
                id);
    }

    /** Midnight at which a day begins, Europe/Berlin. */
    static Instant begin(LocalDate day) {
        return day.atStartOfDay(Time.ZONE).toInstant();
    }

    /** Nobody where a command grants it. */
    private static Optional<Long> person(long id) {
        return id == 0 ? Optional.empty() : Optional.of(id);
    }

    private static RoleTerm term(ResultSet row) throws SQLException {
        return new RoleTerm(
                row.getLong("id"),
                row.getLong("person_id"),
                role(row.getString("name")),
                row.getString("scope"),
                row.getObject("from_date", LocalDate.class),
                row.getObject("to_date", LocalDate.class),
                row.getTimestamp("begins_at").toInstant(),
                instant(row.getTimestamp("acts_until")),
                row.getString("reason"),
                row.getString("granted_by"),
                instant(row.getTimestamp("ended_at")),
                row.getString("ended_by"),
                row.getString("end_reason"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp moment) {
        return moment == null ? null : moment.toInstant();
    }

    private static RoleName role(String key) {
        return RoleName.find(key).orElseThrow();
    }
}
