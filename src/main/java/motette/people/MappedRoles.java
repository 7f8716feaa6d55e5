package motette.people;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Roles that a mapping gave because of what another party says of somebody. Only such rows are ever touched here: a role given by
 * hand is neither prolonged nor ended, and where one runs, no second is given. What is forbidden to the hand is forbidden to the
 * mapping: two roles that nobody holds at the same time, and raising oneself.
 */
@Singleton
public class MappedRoles {

    private static final Logger LOG = LoggerFactory.getLogger(MappedRoles.class);

    private final JdbcOperations jdbc;
    private final RoleRepository roles;
    private final Grants grants;
    private final Clock clock;

    MappedRoles(JdbcOperations jdbc, RoleRepository roles, Grants grants, Clock clock) {
        this.jdbc = jdbc;
        this.roles = roles;
        this.grants = grants;
        this.clock = clock;
    }

    /**
     * A role that a mapping gave.
     *
     * @param lastDay last day of the term, Europe/Berlin
     */
    public record Held(long roleId, long personId, long mappingId, RoleName name, String scope, LocalDate lastDay) {}

    /** Those that somebody holds now. */
    @Transactional(readOnly = true)
    public List<Held> running(long personId) {
        return list("person_id = ?", personId);
    }

    /** Those that a mapping gave and that run now. */
    @Transactional(readOnly = true)
    public List<Held> runningBy(long mappingId) {
        return list("mapping_id = ?", mappingId);
    }

    /**
     * Gives a role from today on.
     *
     * @param grantedBy who wrote the mapping; null when that person is gone
     * @param reason    why it was written
     * @return the row; 0 where the role is held already, may not be held beside another, was taken by hand from what this mapping
     *     gave, or is one's own work
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long grant(
            long personId,
            RoleName name,
            String scope,
            LocalDate lastDay,
            long mappingId,
            @Nullable Long grantedBy,
            String reason) {
        roles.lock();
        var today = LocalDate.now(clock);
        if (grantedBy != null && grantedBy == personId || wasTakenByHand(personId, mappingId)) {
            return 0;
        } else if (grants.conflict(roles.of(personId), name, today, lastDay).isPresent()) {
            LOG.warn("role of a mapping not given beside another mapping={} person={}", mappingId, personId);
            return 0;
        } else {
            var given = roles.insert(personId, name, scope, today, lastDay, grantedBy == null ? 0 : grantedBy, reason);
            given.ifPresent(id -> change("update roles set mapping_id = ? where id = ?", statement -> {
                statement.setLong(1, mappingId);
                statement.setLong(2, id);
            }));
            return given.orElse(0L);
        }
    }

    /** Lets a role of a mapping run longer, unless somebody ended it, it is held anew later, or may not be held beside another. @return whether it does */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean prolong(long roleId, LocalDate lastDay) {
        roles.lock();
        return !conflicts(roleId, lastDay)
                && change("""
                    update roles r set to_date = ? where id = ? and mapping_id is not null and to_date < ? and ended_at is null
                       and not exists (select from roles o where o.person_id = r.person_id and o.name = r.name and o.scope = r.scope
                                        and o.id <> r.id and o.acts_until > r.begins_at and o.begins_at < ?)\
                    """, statement -> {
                            statement.setObject(1, lastDay);
                            statement.setLong(2, roleId);
                            statement.setObject(3, lastDay);
                            statement.setTimestamp(4, Timestamp.from(RoleRepository.begin(lastDay.plusDays(1))));
                        })
                        > 0;
    }

    private boolean conflicts(long roleId, LocalDate lastDay) {
        return roles.find(roleId)
                .flatMap(term -> grants.conflict(
                        roles.of(term.personId()).stream()
                                .filter(other -> other.id() != roleId)
                                .toList(),
                        term.name(),
                        LocalDate.now(clock),
                        lastDay))
                .isPresent();
    }

    /**
     * Ends a role of a mapping at once.
     *
     * @param endedBy who ended the mapping; 0 where the claim is gone
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(long roleId, long endedBy, String reason) {
        roles.lock();
        roles.end(roleId, clock.instant(), endedBy, reason);
    }

    /**
     * What mappings gave somebody or took from them.
     *
     * @param given false when it was taken
     */
    public record Change(RoleName name, String scope, boolean given, Instant at) {}

    /** What mappings changed for somebody since a moment, the newest last. */
    @Transactional(readOnly = true)
    public List<Change> changes(long personId, Instant since) {
        return jdbc.prepareStatement("""
            select name, scope, true as given, granted_at as at from roles
             where person_id = ? and mapping_id is not null and granted_at >= ? and ended_at is null
            union all
            select name, scope, false, ended_at from roles
             where person_id = ? and mapping_id is not null and ended_at between ? and ?
            order by at, name, scope\
            """, statement -> {
            statement.setLong(1, personId);
            statement.setTimestamp(2, Timestamp.from(since));
            statement.setLong(3, personId);
            statement.setTimestamp(4, Timestamp.from(since));
            statement.setTimestamp(5, now());
            var changes = new ArrayList<Change>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(new Change(
                            RoleName.find(rows.getString("name")).orElseThrow(),
                            rows.getString("scope"),
                            rows.getBoolean("given"),
                            rows.getTimestamp("at").toInstant()));
                }
            }
            return changes;
        });
    }

    /** An administrator's word is stronger than a claim that comes back with every sign-in. */
    private boolean wasTakenByHand(long personId, long mappingId) {
        return jdbc.prepareStatement(
                "select from roles where person_id = ? and mapping_id = ? and ended_by is not null", statement -> {
                    statement.setLong(1, personId);
                    statement.setLong(2, mappingId);
                    try (var row = statement.executeQuery()) {
                        return row.next();
                    }
                });
    }

    private List<Held> list(String which, long id) {
        return jdbc.prepareStatement(
                "select id, person_id, mapping_id, name, scope, to_date from roles where mapping_id is not null and "
                        + which + " and begins_at <= ? and acts_until > ? order by id",
                statement -> {
                    statement.setLong(1, id);
                    statement.setTimestamp(2, now());
                    statement.setTimestamp(3, now());
                    var held = new ArrayList<Held>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            held.add(new Held(
                                    rows.getLong("id"),
                                    rows.getLong("person_id"),
                                    rows.getLong("mapping_id"),
                                    RoleName.find(rows.getString("name")).orElseThrow(),
                                    rows.getString("scope"),
                                    rows.getObject("to_date", LocalDate.class)));
                        }
                    }
                    return held;
                });
    }

    private int change(String sql, Fill fill) {
        return jdbc.prepareStatement(sql, statement -> {
            fill.into(statement);
            return statement.executeUpdate();
        });
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    @FunctionalInterface
    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }
}
