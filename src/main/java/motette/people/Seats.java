package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
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
     * Lets a member sit on another seat of their body from a day on. Who sat where before stays true: the role ends, and goes on
     * with the new number.
     *
     * @param from first day on the new seat, as "2027-01-31", today or later; empty for today
     * @return what the administrator can mend; empty when they sit there, or will
     */
    @Transactional
    public Problems move(Visitor visitor, String bodyKey, long roleId, int seat, String from, String reason) {
        rights.administering(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        roles.lock();
        sql.list("select from bodies where key = ? for no key update", row -> true, bodyKey);
        var problems = Problems.none();
        GrantForm.reason(reason, problems);
        var today = LocalDate.now(clock.withZone(Time.ZONE));
        var day = from.isEmpty() ? Optional.of(today) : GrantForm.day(from);
        var member = of(bodyKey).stream().filter(one -> one.roleId() == roleId).findFirst();
        if (day.isEmpty()) {
            problems.add("seat_from", "people.problem.seat.day");
        } else if (day.get().isBefore(today)) {
            problems.add("seat_from", "people.problem.seat.past");
        } else if (member.isEmpty()) {
            problems.add("member", "people.problem.member");
        } else {
            var first = day.get().isBefore(member.get().from()) ? member.get().from() : day.get();
            check(bodyKey, member.get(), seat, moment(first), problems);
            if (problems.isEmpty()) {
                sit(visitor, roleId, seat, first, reason);
                audit.record(Deed.of("role.seat", Grants.subject(roleId))
                        .by(visitor.personId(), RoleName.ADMINISTRATOR.key())
                        .because(reason)
                        .with("seat", seat)
                        .with("from", first.toString()));
            }
        }
        return problems;
    }

    /** The first moment of a day, or now where that is over. */
    private Instant moment(LocalDate day) {
        var begin = RoleRepository.begin(day);
        return begin.isBefore(clock.instant()) ? clock.instant() : begin;
    }

    private void check(String bodyKey, Member member, int seat, Instant since, Problems problems) {
        if (!sql.holds("select from roles where id = ? and acts_until > ?", member.roleId(), since)) {
            problems.add("seat_from", "people.problem.seat.over");
        } else if (seat < 1
                || sql.number(
                                "select seats_in(scope, days_of(greatest(begins_at, ?), acts_until)) from roles where"
                                        + " id = ?",
                                since,
                                member.roleId())
                        < seat) {
            problems.add("seat", "people.problem.seat.none");
        } else if (sql.holds(
                "select from roles r join roles mine on mine.id = ? where r.scope = mine.scope and r.seat = ? and r.id"
                        + " <> mine.id and tstzrange(r.begins_at, r.acts_until) && tstzrange(greatest(mine.begins_at,"
                        + " ?), mine.acts_until)",
                member.roleId(),
                seat,
                since)) {
            problems.add("seat", "people.problem.seat.taken", seat);
        } else if (sql.holds(
                "select from roles r join roles mine on mine.id = ? where r.scope = mine.scope and r.person_id ="
                        + " mine.person_id and r.seat is not null and r.id <> mine.id and tstzrange(r.begins_at,"
                        + " r.acts_until) && tstzrange(greatest(mine.begins_at, ?), mine.acts_until)",
                member.roleId(),
                since)) {
            problems.add("member", "people.problem.seat.twice");
        } else if (member.role() == RoleName.CHAIR
                && sql.holds(
                        "select from body_on(?) where body_key = ? and not chair_votes",
                        since.atZone(Time.ZONE).toLocalDate(),
                        bodyKey)) {
            problems.add("member", "people.problem.seat.chair");
        } else if (sql.holds(
                "select from delegations d join roles r on r.id = ? where r.begins_at < ? and (d.role_id = r.id or"
                        + " d.deputy_role_id = r.id) and d.acts_until > ?",
                member.roleId(),
                since,
                since)) {
            problems.add("member", "people.problem.seat.deputy");
        }
    }

    /** A role that has not begun takes the seat as it is; one that runs is followed by another. */
    private void sit(Visitor visitor, long roleId, int seat, LocalDate first, String reason) {
        var since = moment(first);
        if (sql.holds("select from roles where id = ? and (begins_at >= ? or seat = ?)", roleId, since, seat)) {
            sql.change("update roles set seat = ? where id = ?", seat, roleId);
        } else {
            // Both at once would be held twice: so the role is read before it ends.
            var former = sql.one(
                            "select person_id, name, scope, to_date, ended_at, ended_by, end_reason from roles where id"
                                    + " = ?",
                            row -> new Former(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    Optional.ofNullable(row.getObject(4, LocalDate.class)),
                                    Optional.ofNullable(row.getTimestamp(5)).map(Timestamp::toInstant),
                                    Optional.ofNullable(row.getObject(6, Long.class)),
                                    row.getString(7)),
                            roleId)
                    .orElseThrow();
            sql.change(
                    "update roles set ended_at = ?, ended_by = ?, end_reason = ? where id = ?",
                    since,
                    visitor.personId(),
                    reason,
                    roleId);
            sql.change(
                    "insert into roles (person_id, name, scope, from_date, to_date, granted_by, granted_at, reason,"
                        + " seat, resumes_at, ended_at, ended_by, end_reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?)",
                    former.personId(),
                    former.name(),
                    former.scope(),
                    first,
                    former.to(),
                    visitor.personId(),
                    clock.instant(),
                    reason,
                    seat,
                    since,
                    former.endedAt(),
                    former.endedBy(),
                    former.endReason());
        }
    }

    private record Former(
            long personId,
            String name,
            String scope,
            Optional<LocalDate> to,
            Optional<Instant> endedAt,
            Optional<Long> endedBy,
            String endReason) {}

    private static LocalDate dayBefore(Timestamp end) {
        return end.toInstant().minusMillis(1).atZone(Time.ZONE).toLocalDate();
    }
}
