package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.shared.Refusal;
import motette.shared.Sql;
import motette.shared.Time;

/**
 * What somebody may do at this moment: asked of the running terms and delegations in the database, never of the token. A term begins
 * and ends at midnight, Europe/Berlin; a role that was ended acts no longer from that moment on.
 */
@Singleton
public class Roles {

    private final Sql sql;
    private final Clock clock;

    Roles(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Whether the role runs for exactly this body or area; empty scope for roles of the whole city. */
    @Transactional(readOnly = true)
    public boolean holds(long personId, RoleName role, String scope) {
        return scopes(personId, role).contains(scope);
    }

    /** Bodies or areas for which the role runs. */
    @Transactional(readOnly = true)
    public List<String> scopes(long personId, RoleName role) {
        return running(personId).stream()
                .filter(held -> held.name() == role)
                .map(Held::scope)
                .toList();
    }

    /** Every role somebody acts in, as their own or for somebody who is away. */
    @Transactional(readOnly = true)
    public List<Held> running(long personId) {
        return sql.list(
                "select distinct name, scope from acting_roles(?) where person_id = ? order by name, scope",
                row -> new Held(RoleName.find(row.getString(1)).orElseThrow(), row.getString(2)),
                clock.instant(),
                personId);
    }

    /**
     * A running role.
     *
     * @param scope body or area; empty for roles of the whole city
     */
    public record Held(RoleName name, String scope) {}

    /** The coordinator area through which somebody may moderate in a quarter; their own before one they stand in for. */
    @Transactional(readOnly = true)
    public Optional<String> coordinatorArea(long personId, String quarterKey) {
        return sql.one(
                "select scope from acting_roles(?) r join area_quarters a on a.area_key = r.scope where"
                        + " person_id = ? and name = 'coordinator' and a.quarter_key = ?"
                        + " order by delegation_id nulls first, scope limit 1",
                row -> row.getString(1),
                clock.instant(),
                personId,
                quarterKey);
    }

    /** The delegation through which alone somebody acts in a role; empty where they hold it themselves, or do not act in it. */
    @Transactional(readOnly = true)
    public Optional<Long> delegation(long personId, RoleName role, String scope) {
        return sql.one(
                        "select delegation_id from acting_roles(?) where person_id = ? and name = ? and scope = ?"
                                + " order by delegation_id nulls first limit 1",
                        row -> Optional.ofNullable(row.getObject(1, Long.class)),
                        clock.instant(),
                        personId,
                        role.key(),
                        scope)
                .flatMap(delegation -> delegation);
    }

    /**
     * Why somebody may not act in a role that they do not act in: that their own term is over or lies ahead, or else the sentence
     * given. The way out leads to what they may do.
     *
     * @param scope body or area; empty for roles of the whole city, and for a role anywhere
     */
    @Transactional(readOnly = true)
    public Refusal refusal(long personId, RoleName role, String scope, String sentence, Object... args) {
        var now = clock.instant();
        return sql.one(
                        "select begins_at, acts_until from roles where person_id = ? and name = ? and (? = '' or scope"
                                + " = ?) and (begins_at > ? or acts_until <= ?) order by begins_at > ? desc, acts_until"
                                + " desc limit 1",
                        row -> row.getTimestamp(1).toInstant().isAfter(now)
                                ? Refusal.of("people.refusal.not-yet", role.title(), day(row.getTimestamp(1)))
                                : Refusal.of("people.refusal.over", role.title(), lastDay(row.getTimestamp(2))),
                        personId,
                        role.key(),
                        scope,
                        scope,
                        now,
                        now,
                        now)
                .orElseGet(() -> Refusal.of(sentence, args))
                .withWayOut("/me", "people.to-me");
    }

    private static LocalDate day(Timestamp moment) {
        return moment.toInstant().atZone(Time.ZONE).toLocalDate();
    }

    /** A term that ends at midnight ends with the day before. */
    private static LocalDate lastDay(Timestamp end) {
        return end.toInstant().minusMillis(1).atZone(Time.ZONE).toLocalDate();
    }
}
