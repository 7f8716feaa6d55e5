package motette.people;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final JdbcOperations jdbc;
    private final Clock clock;

    RoleRepository(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Grants and endings follow each other until the transaction ends, so that each sees what the one before did. */
    void lock() {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtext('motette roles'))", PreparedStatement::execute);
    }

    /** All terms of somebody, the latest first. */
    @Transactional(readOnly = true)
    List<RoleTerm> of(long personId) {
        return list(
                TERMS + " where r.person_id = ? order by r.acts_until desc, r.begins_at desc, r.id",
                statement -> statement.setLong(1, personId),
                RoleRepository::term);
    }

    @Transactional(readOnly = true)
    Optional<RoleTerm> find(long id) {
        return list(TERMS + " where r.id = ?", statement -> statement.setLong(1, id), RoleRepository::term).stream()
                .findFirst();
    }

    /** Terms in a body, past ones too, without those that never began. */
    @Transactional(readOnly = true)
    List<RoleTerm> in(String scope) {
        return list(
                TERMS + " where r.scope = ? and r.acts_until > r.begins_at order by r.id",
                statement -> statement.setString(1, scope),
                RoleRepository::term);
    }

    /** Other people who administer at a moment. */
    int otherAdministrators(long personId, Instant moment) {
        return list(
                        "select count(distinct person_id) from roles where name = 'administrator' and person_id <> ?"
                                + " and begins_at <= ? and acts_until > ?",
                        statement -> {
                            statement.setLong(1, personId);
                            statement.setTimestamp(2, Timestamp.from(moment));
                            statement.setTimestamp(3, Timestamp.from(moment));
                        },
                        row -> row.getInt(1))
                .getFirst();
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
        return list(
                "select name, other, why from role_conflicts",
                statement -> {},
                row -> new Conflict(role(row.getString(1)), role(row.getString(2)), row.getString(3)));
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
        return list(
                        "insert into roles (person_id, name, scope, from_date, to_date, granted_by, granted_at,"
                            + " reason, resumes_at) values (?, ?, ?, ?, ?, ?, ?, ?, (select max(ended_at) from roles"
                            + " where person_id = ? and name = ? and scope = ? and ended_at > ? and ended_at <= ?)) on"
                            + " conflict do nothing returning id",
                        statement -> {
                            statement.setLong(1, personId);
                            statement.setString(2, name.key());
                            statement.setString(3, scope);
                            statement.setDate(4, Date.valueOf(from));
                            statement.setDate(5, to == null ? null : Date.valueOf(to));
                            setPerson(statement, 6, grantedBy);
                            statement.setTimestamp(7, Timestamp.from(clock.instant()));
                            statement.setString(8, reason);
                            statement.setLong(9, personId);
                            statement.setString(10, name.key());
                            statement.setString(11, scope);
                            statement.setTimestamp(12, Timestamp.from(begin(from)));
                            statement.setTimestamp(13, Timestamp.from(clock.instant()));
                        },
                        row -> row.getLong(1))
                .stream()
                .findFirst();
    }

    /** @param at from this moment on it acts no longer */
    void end(long id, Instant at, long endedBy, String reason) {
        jdbc.prepareStatement("update roles set ended_at = ?, ended_by = ?, end_reason = ? where id = ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(at));
            setPerson(statement, 2, endedBy);
            statement.setString(3, reason);
            statement.setLong(4, id);
            return statement.executeUpdate();
        });
    }

    /** Midnight at which a day begins, Europe/Berlin. */
    static Instant begin(LocalDate day) {
        return day.atStartOfDay(Time.ZONE).toInstant();
    }

    private static void setPerson(PreparedStatement statement, int index, long personId) throws SQLException {
        if (personId == 0) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, personId);
        }
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

    private <T> List<T> list(String sql, Fill fill, Read<T> read) {
        return jdbc.prepareStatement(sql, statement -> {
            fill.into(statement);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read.from(rows));
                }
            }
            return found;
        });
    }

    @FunctionalInterface
    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }
}
