package motette.statements;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.people.Visitor;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Sql;

/** Offices of the city and who works for them. */
@Singleton
class Offices {

    private final Sql sql;
    private final Audit audit;
    private final Clock clock;

    Offices(Sql sql, Audit audit, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the order of the city pack. */
    @Connectable
    List<Office> all() {
        return sql.list(
                "select key, name, is_default from offices order by position",
                row -> new Office(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    Optional<Office> find(String key) {
        return all().stream().filter(office -> office.key().equals(key)).findFirst();
    }

    /** Whether somebody works for the office now. That they are an officer at all is another question. */
    @Transactional(readOnly = true)
    public boolean isOf(long personId, String officeKey) {
        return sql.holds(
                "select from office_officers where person_id = ? and office_key = ? and ended_at is null",
                personId,
                officeKey);
    }

    /** Keys of the offices for which somebody works now. */
    @Connectable
    List<String> of(long personId) {
        return sql.list(
                "select office_key from office_officers where person_id = ? and ended_at is null order by office_key",
                row -> row.getString(1),
                personId);
    }

    /** Where mails to somebody go. */
    record Reader(String email, Locale language) {}

    /** Whoever works for the office, is an officer and has an address. */
    @Connectable
    List<Reader> readers(String officeKey, Instant now) {
        return sql.list(
                """
                select distinct p.email, p.language from office_officers o
                  join acting_roles(?) r on r.person_id = o.person_id and r.name = 'officer'
                  join persons p on p.id = o.person_id
                 where o.office_key = ? and o.ended_at is null and p.email is not null order by p.email\
                """,
                row -> new Reader(
                        row.getString(1), Languages.find(row.getString(2)).orElse(Languages.standard())),
                now,
                officeKey);
    }

    @Connectable
    Optional<Reader> reader(long personId) {
        return sql.one(
                "select email, language from persons where id = ? and email is not null and erased_at is null",
                row -> new Reader(
                        row.getString(1), Languages.find(row.getString(2)).orElse(Languages.standard())),
                personId);
    }

    /** Somebody who works for an office. */
    @Introspected
    record Assigned(long id, String officeKey, long personId, String pseudonym, Instant since) {}

    @Connectable
    List<Assigned> assigned() {
        return sql.list(
                """
                select o.id, o.office_key, o.person_id, p.pseudonym, o.assigned_at from office_officers o
                  join persons p on p.id = o.person_id where o.ended_at is null order by p.pseudonym, o.id\
                """,
                row -> new Assigned(
                        row.getLong(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()));
    }

    /** Somebody whose role as officer runs. */
    @Introspected
    record Officer(long id, String pseudonym) {}

    @Connectable
    List<Officer> officers() {
        return sql.list("""
            select distinct p.id, p.pseudonym from acting_roles(?) r join persons p on p.id = r.person_id
             where r.name = 'officer' order by p.pseudonym, p.id\
            """, row -> new Officer(row.getLong(1), row.getString(2)), clock.instant());
    }

    /** @return what the administrator can mend; empty when they work there, now or since before */
    @Transactional
    Problems assign(Visitor visitor, Office office, long personId) {
        var problems = Problems.none();
        if (officers().stream().noneMatch(officer -> officer.id() == personId)) {
            problems.add("officer-" + office.key(), "statements.problem.officer");
        } else if (sql.change(
                        "insert into office_officers (office_key, person_id, assigned_by, assigned_at) values (?, ?, ?,"
                                + " ?) on conflict do nothing",
                        office.key(),
                        personId,
                        visitor.personId(),
                        clock.instant())
                == 1) {
            audit.record(Deed.of("office.assignment", "person:" + personId)
                    .by(visitor.personId(), "administrator")
                    .with("office", office.key()));
        }
        return problems;
    }

    /** False where there is no such assignment. One that has ended stays ended. */
    @Transactional
    boolean end(Visitor visitor, long id) {
        var person = sql.one("select person_id from office_officers where id = ?", row -> row.getLong(1), id);
        if (sql.change(
                        "update office_officers set ended_at = ?, ended_by = ? where id = ? and ended_at is null",
                        clock.instant(),
                        visitor.personId(),
                        id)
                == 1) {
            audit.record(visitor.personId(), "office.assignment-end", "person:" + person.orElseThrow(), "");
        }
        return person.isPresent();
    }
}
