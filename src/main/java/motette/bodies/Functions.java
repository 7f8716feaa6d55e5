package motette.bodies;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import motette.audit.Audit;
import motette.people.Member;
import motette.people.Reads;
import motette.people.Seats;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Sql;
import motette.shared.Time;

/** What members of bodies declare about themselves, so that nobody decides where they are biased (SächsGemO § 20). */
@Singleton
public class Functions {

    /** More than anybody has; keeps a form from filling the table. */
    private static final int MOST = 40;

    private static final String SELECT =
            "select f.id, f.person_id, f.organisation, f.kind, f.from_date, f.to_date, f.is_public from"
                    + " declared_functions f";

    private final Sql sql;
    private final BodyRights rights;
    private final Seats seats;
    private final Reads reads;
    private final Audit audit;
    private final Clock clock;

    Functions(Sql sql, BodyRights rights, Seats seats, Reads reads, Audit audit, Clock clock) {
        this.sql = sql;
        this.rights = rights;
        this.seats = seats;
        this.reads = reads;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Members of a body on a day who declared a function in an organisation of this name. To be shown to whoever runs the session or
     * prepares it and to the member, never to the public.
     */
    @Transactional(readOnly = true)
    public List<Hint> hints(String bodyKey, String organisation, LocalDate day) {
        var noon = day.atTime(12, 0).atZone(Time.ZONE).toInstant();
        return sql
                .list(
                        """
                        select distinct p.id, p.pseudonym, f.organisation, f.kind
                          from acting_roles(?) r join persons p on p.id = r.person_id join declared_functions f on f.person_id = p.id
                         where r.scope = ? and r.name in ('councillor', 'chair', 'fund-partner')
                           and f.from_date <= ? and coalesce(f.to_date, 'infinity') >= ?
                         order by p.pseudonym, p.id, f.organisation, f.kind\
                        """,
                        row -> new Hint(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)),
                        noon,
                        bodyKey,
                        day,
                        day)
                .stream()
                .filter(hint -> OrganisationName.same(hint.organisation(), organisation))
                .toList();
    }

    @Transactional(readOnly = true)
    List<DeclaredFunction> of(long personId) {
        return sql.list(
                SELECT + " where f.person_id = ? order by f.to_date is not null, f.from_date desc, f.id",
                Functions::function,
                personId);
    }

    /** What members of a body let everybody read and still are. */
    @Transactional(readOnly = true)
    List<DeclaredFunction> published(String bodyKey, LocalDate day) {
        return sql.list(
                SELECT + " where f.is_public and f.from_date <= ? and coalesce(f.to_date, 'infinity') >= ? and exists"
                        + " (select from roles r where r.person_id = f.person_id and r.scope = ? and r.acts_until > ?)"
                        + " order by f.organisation, f.id",
                Functions::function,
                day,
                day,
                bodyKey,
                clock.instant());
    }

    /** A member with all they declared. */
    record Declared(Member member, List<DeclaredFunction> functions) {}

    /** For the office: everybody it shows reads of it under "Meine Daten". */
    @Transactional
    List<Declared> inBody(Visitor reader, String bodyKey) {
        rights.readingFunctions(reader, bodyKey).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var functions = sql.list(
                SELECT + " where exists (select from roles r where r.person_id = f.person_id and r.scope = ? and"
                        + " r.acts_until > ?) order by f.organisation, f.id",
                Functions::function,
                bodyKey,
                clock.instant());
        var declared = seats.of(bodyKey).stream()
                .map(member -> new Declared(
                        member,
                        functions.stream()
                                .filter(function -> function.personId() == member.personId())
                                .toList()))
                .toList();
        declared.stream()
                .filter(one -> !one.functions().isEmpty())
                .map(one -> one.member().personId())
                .distinct()
                .forEach(personId -> reads.record(reader, personId, "functions", "body:" + bodyKey));
        return declared;
    }

    /** @return what the member can mend; empty when it is declared */
    @Transactional
    Problems declare(Visitor visitor, FunctionForm form) {
        rights.declaring(visitor).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var problems = form.problems(LocalDate.now(clock));
        if (problems.isEmpty()) {
            sql.lockRow("persons", visitor.personId());
            if (of(visitor.personId()).size() >= MOST) {
                throw new Refused(
                        Refusal.of("bodies.refusal.many", MOST).withWayOut("/bodies/functions", "bodies.to-functions"));
            } else if (sql.change(
                            "insert into declared_functions (person_id, organisation, kind, from_date, to_date,"
                                    + " is_public, declared_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                            visitor.personId(),
                            form.organisation(),
                            form.kind(),
                            Typed.day(form.from()).orElseThrow(),
                            Typed.day(form.to()),
                            form.released(),
                            clock.instant())
                    == 0) {
                problems.add("organisation", "bodies.problem.declared");
            } else {
                audit.record(visitor.personId(), "function.declaration", subject(visitor), "");
            }
        }
        return problems;
    }

    /**
     * It ended on a day.
     *
     * @return false where it is none of theirs, or the day does not fit
     */
    @Transactional
    boolean end(Visitor visitor, long id, LocalDate lastDay) {
        return change(
                visitor,
                "function.ending",
                "update declared_functions set to_date = ? where id = ? and person_id = ? and from_date <= ?",
                lastDay,
                id,
                visitor.personId(),
                lastDay);
    }

    /** Lets everybody read it, or no longer. */
    @Transactional
    boolean release(Visitor visitor, long id, boolean released) {
        return change(
                visitor,
                released ? "function.publication" : "function.concealment",
                "update declared_functions set is_public = ? where id = ? and person_id = ?",
                released,
                id,
                visitor.personId());
    }

    /** Takes back what was declared by mistake. */
    @Transactional
    boolean remove(Visitor visitor, long id) {
        return change(
                visitor,
                "function.removal",
                "delete from declared_functions where id = ? and person_id = ?",
                id,
                visitor.personId());
    }

    private boolean change(Visitor visitor, String deed, String statement, Object... args) {
        boolean changed = sql.change(statement, args) == 1;
        if (changed) {
            audit.record(visitor.personId(), deed, subject(visitor), "");
        }
        return changed;
    }

    private static String subject(Visitor visitor) {
        return "person:" + visitor.personId();
    }

    private static DeclaredFunction function(ResultSet row) throws SQLException {
        return new DeclaredFunction(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, LocalDate.class),
                row.getObject(6, LocalDate.class),
                row.getBoolean(7));
    }
}
