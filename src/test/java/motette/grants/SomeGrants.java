package motette.grants;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import motette.budgets.Ledger;
import motette.shared.Money;
import motette.shared.Sql;
import motette.town.Town;

/** Resolutions that grant, as a body in Ost would have made them. */
@Singleton
public final class SomeGrants {

    private static final String BODY = "sbb-ost";

    private final Sql sql;
    private final Ledger ledger;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;
    private final AtomicInteger made = new AtomicInteger();

    SomeGrants(Sql sql, Ledger ledger, TransactionOperations<Connection> transactions, Clock clock) {
        this.sql = sql;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A resolution on an own project of this applicant. */
    public long ownProject(String applicant, long cents) {
        return granted(applicant, cents, true);
    }

    /** 2,000 EUR with a notice, an account and 1,500 EUR paid, so that a proof can be written. */
    public long paid(SampleGrants people, String applicant) {
        long id = ownProject(applicant, 200_000);
        var cast = new SampleGrants.Cast(applicant, Town.officer(), Town.administrator());
        var today = LocalDate.now(clock);
        people.issue(id, cast, today, LocalDate.of(today.getYear(), 12, 31), "Demo-Verein");
        people.pay(id, cast, "1.500");
        return id;
    }

    /** As {@link #paid}, and its applicant asks for another purpose. */
    public long changing(SampleGrants people, String applicant) {
        long id = paid(people, applicant);
        people.askForPurpose(
                id,
                new SampleGrants.Cast(applicant, Town.officer(), Town.administrator()),
                "Nur noch zwei Bänke",
                "Für die dritte ist kein Platz.");
        return id;
    }

    /** 900 EUR, paid, with a simple proof that waits. */
    public long proven(SampleGrants people, String applicant) {
        long id = ownProject(applicant, 90_000);
        var cast = new SampleGrants.Cast(applicant, Town.officer(), Town.administrator());
        var today = LocalDate.now(clock);
        people.issue(id, cast, today, LocalDate.of(today.getYear(), 12, 31), "Demo-Verein");
        people.pay(id, cast, "900");
        people.prove(id, cast, "850", "Wir haben an drei Samstagen zusammen gebaut.");
        return id;
    }

    /** A resolution on an idea that the city carries out. */
    public long proposal(long cents) {
        return granted(Town.resident(1), cents, false);
    }

    private long granted(String person, long cents, boolean own) {
        var now = clock.instant();
        var today = LocalDate.now(clock);
        var title = "Bänke am Rabet, Teil " + made.incrementAndGet();
        return transactions.executeWrite(status -> {
            long idea = sql.number("""
                insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place,
                                   cost_cents, language, handed_in_at, state_since)
                select id, ?, 'Damit sich alle unterwegs ausruhen können.', 'proposal', (select key from categories
                       limit 1), '20', 'sbb-ost', 12.4, 51.34, true, ?, 'de', ?, ? from persons where demo_key = ? returning number\
                """, title, cents, now, now, person);
            sql.change("insert into idea_events (idea_number, kind, at) values (?, 'published', ?)", idea, now);
            long event = sql.number(
                    "insert into idea_events (idea_number, kind, at, person_id, office, note, amount_cents) values (?,"
                            + " 'granted', ?, ?, ?, 'Das hat uns überzeugt.', ?) returning id",
                    idea,
                    now,
                    person(Town.chair("ost")),
                    BODY,
                    cents);
            long application = own ? application(person, idea, title, cents, today) : 0;
            long budget = sql.number("select id from budgets where body_key = ? and year = ?", BODY, today.getYear());
            long chair = person(Town.chair("ost"));
            ledger.reserve(
                            budget,
                            new Money(cents),
                            "So beschlossen",
                            own ? "application:" + application : "idea:" + idea,
                            chair)
                    .ifPresent(refusal -> {
                        throw new IllegalStateException(refusal.toString());
                    });
            return sql.number(
                    """
                    insert into resolutions (request_id, idea_number, application_id, application_version, budget_id, event_id, kind,
                                             amount_cents, reason, votes_yes, votes_no, abstentions, decided_on, recorded_by, recorded_at,
                                             seats, quorum, without_statement_cents, statement_given)
                    values (?, ?, nullif(?, 0), nullif(?, 0), ?, ?, 'granted', ?, 'Das hat uns überzeugt.', 9, 1, 0, ?, ?, ?, 11, 6, 100000,
                            true) returning id\
                    """, UUID.randomUUID(), idea, application, own ? 1 : 0, budget, event, cents, today, chair, now);
        });
    }

    private long application(String person, long idea, String title, long cents, LocalDate today) {
        long id = sql.number(
                "insert into applications (applicant_id, idea_number, fields, begun_at, changed_at) values (?, ?,"
                        + " '{}', now(), now()) returning id",
                person(person),
                idea);
        sql.change(
                """
                insert into application_versions values (?, 1, ?, 'own-project', 'sbb-ost', '20', 'stadtbezirksbudget', ?, '',
                    ?, ?, ?::jsonb, ?, now())\
                """,
                id,
                title,
                today.getYear(),
                cents,
                cents,
                """
                {"name": "Demo-Verein", "street": "Demoweg 1", "postcode": "04315", "town": "Leipzig", "from": "%s", "to": "%s"}\
                """.formatted(today, LocalDate.of(today.getYear(), 12, 31)),
                today);
        sql.change("insert into application_lines values (?, 1, 'cost', 1, '', 'Holz', ?)", id, cents - 1);
        sql.change("insert into application_lines values (?, 1, 'cost', 2, '', 'Farbe', 1)", id);
        sql.change("insert into application_lines values (?, 1, 'finance', 1, 'fund', 'Budget', ?)", id, cents);
        return id;
    }

    long person(String key) {
        return transactions.executeRead(status -> sql.number("select id from persons where demo_key = ?", key));
    }

    void object(long resolution) {
        transactions.executeWrite(status -> sql.change(
                "insert into resolution_objections values (?, 'Das Gesetz steht dem entgegen.', now(), ?)",
                resolution,
                person(Town.officer())));
    }

    long number(String query, Object... args) {
        return transactions.executeRead(status -> sql.number(query, args));
    }

    void change(String statement, Object... args) {
        transactions.executeWrite(status -> sql.change(statement, args));
    }
}
