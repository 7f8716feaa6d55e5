package motette.people;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody may do today: asked of the running terms in the database, never of the token. */
@Singleton
public class Roles {

    private static final String RUNNING = " from_date <= ? and (to_date is null or to_date >= ?) ";

    private final JdbcOperations jdbc;
    private final Clock clock;

    Roles(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the role runs today for exactly this body or area; empty scope for roles of the whole city. */
    @Transactional(readOnly = true)
    public boolean holds(long personId, RoleName role, String scope) {
        return scopes(personId, role).contains(scope);
    }

    /** Bodies or areas for which the role runs today. */
    @Transactional(readOnly = true)
    public List<String> scopes(long personId, RoleName role) {
        return jdbc.prepareStatement(
                "select scope from roles where person_id = ? and name = ? and" + RUNNING + "order by scope",
                statement -> {
                    var today = Date.valueOf(LocalDate.now(clock));
                    statement.setLong(1, personId);
                    statement.setString(2, role.key());
                    statement.setDate(3, today);
                    statement.setDate(4, today);
                    var scopes = new ArrayList<String>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            scopes.add(rows.getString(1));
                        }
                    }
                    return scopes;
                });
    }

    /** Every role somebody holds today. */
    @Transactional(readOnly = true)
    public List<Held> running(long personId) {
        return jdbc.prepareStatement(
                "select name, scope from roles where person_id = ? and" + RUNNING + "order by name, scope",
                statement -> {
                    var today = Date.valueOf(LocalDate.now(clock));
                    statement.setLong(1, personId);
                    statement.setDate(2, today);
                    statement.setDate(3, today);
                    var held = new ArrayList<Held>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            var scope = rows.getString(2);
                            RoleName.find(rows.getString(1)).ifPresent(name -> held.add(new Held(name, scope)));
                        }
                    }
                    return held;
                });
    }

    /**
     * A running role.
     *
     * @param scope body or area; empty for roles of the whole city
     */
    public record Held(RoleName name, String scope) {}

    /** The coordinator area through which somebody may moderate in a quarter today. */
    @Transactional(readOnly = true)
    public Optional<String> coordinatorArea(long personId, String quarterKey) {
        return jdbc.prepareStatement(
                "select scope from roles join area_quarters a on a.area_key = roles.scope "
                        + "where person_id = ? and name = 'coordinator' and a.quarter_key = ? and" + RUNNING
                        + "order by scope limit 1",
                statement -> {
                    var today = Date.valueOf(LocalDate.now(clock));
                    statement.setLong(1, personId);
                    statement.setString(2, quarterKey);
                    statement.setDate(3, today);
                    statement.setDate(4, today);
                    try (var rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
                    }
                });
    }
}
