package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Sql;
import motette.shared.Time;

/** Who sits where in a body. Who is a member is said by the roles alone; the number of the seat stands at the role. */
@Singleton
public class Seats {

    private final Sql sql;
    private final PeopleRights rights;
    private final RoleRepository roles;
    private final Audit audit;
    private final Clock clock;

    Seats(Sql sql, PeopleRights rights, RoleRepository roles, Audit audit, Clock clock) {
        this.sql = sql;
        this.rights = rights;
        this.roles = roles;
        this.audit = audit;
        this.clock = clock;
    }

    /** Members of a body whose role runs or lies ahead, by seat; those without one last. */
    @Transactional(readOnly = true)
    public List<Member> of(String bodyKey) {
        var now = clock.instant();
        return sql.list(
                "select r.id, r.person_id, p.pseudonym, r.name, coalesce(r.seat, 0), (r.begins_at at time zone"
                        + " 'Europe/Berlin')::date, nullif(r.acts_until, 'infinity'), r.begins_at > ? from roles r join"
                        + " persons p on p.id = r.person_id where r.scope = ? and r.name in ('councillor', 'chair',"
                        + " 'fund-partner') and r.acts_until > greatest(?, r.begins_at) order by r.seat nulls last,"
                        + " r.begins_at, r.id",
                row -> new Member(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        RoleName.find(row.getString(4)).orElseThrow(),
                        row.getInt(5),
                        row.getObject(6, LocalDate.class),
                        Optional.ofNullable(row.getTimestamp(7))
                                .map(Seats::dayBefore)
                                .orElse(null),
                        row.getBoolean(8)),
                now,
                bodyKey,
                now);
    }

    /**
     * Lets a member sit on another seat of their body from the beginning of their term.
     *
     * @return what the administrator can mend; empty when they sit there
     */
    @Transactional
    public Problems move(Visitor visitor, String bodyKey, long roleId, int seat, String reason) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        roles.lock();
        sql.list("select from bodies where key = ? for no key update", row -> true, bodyKey);
        var problems = Problems.none();
        GrantForm.reason(reason, problems);
        var member = of(bodyKey).stream().filter(one -> one.roleId() == roleId).findFirst();
        if (member.isEmpty()) {
            problems.add("member", "people.problem.member");
        } else if (seat < 1
                || sql.number("select seats_in(scope, days_of(begins_at, acts_until)) from roles where id = ?", roleId)
                        < seat) {
            problems.add("seat", "people.problem.seat.none");
        } else if (sql.holds(
                "select from roles r join roles mine on mine.id = ? where r.scope = mine.scope and r.seat = ? and r.id"
                        + " <> mine.id and tstzrange(r.begins_at, r.acts_until) && tstzrange(mine.begins_at,"
                        + " mine.acts_until)",
                roleId,
                seat)) {
            problems.add("seat", "people.problem.seat.taken", seat);
        } else if (sql.holds(
                "select from roles r join roles mine on mine.id = ? where r.scope = mine.scope and r.person_id ="
                        + " mine.person_id and r.seat is not null and r.id <> mine.id and tstzrange(r.begins_at,"
                        + " r.acts_until) && tstzrange(mine.begins_at, mine.acts_until)",
                roleId)) {
            problems.add("member", "people.problem.seat.twice");
        } else if (member.get().role() == RoleName.CHAIR
                && sql.holds(
                        "select from body_on(?) where body_key = ? and not chair_votes",
                        member.get().from(),
                        bodyKey)) {
            problems.add("member", "people.problem.seat.chair");
        }
        if (problems.isEmpty()) {
            sql.change("update roles set seat = ? where id = ?", seat, roleId);
            audit.record(Deed.of("role.seat", Grants.subject(roleId))
                    .by(visitor.personId(), RoleName.ADMINISTRATOR.key())
                    .because(reason)
                    .with("seat", seat));
        }
        return problems;
    }

    private static LocalDate dayBefore(Timestamp end) {
        return end.toInstant().minusMillis(1).atZone(Time.ZONE).toLocalDate();
    }
}
