package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Sql;

/** Circulations as rows; who writes holds the row of theirs. */
@Singleton
class CirculationRepository {

    private final Sql sql;

    CirculationRepository(Sql sql) {
        this.sql = sql;
    }

    @Transactional(readOnly = true)
    Optional<Circulation> find(String bodyKey, long id) {
        var members =
                sql.list("""
                    select m.person_id, coalesce(p.pseudonym, ''), coalesce(a.answer, '') from council_circulation_members m
                      join persons p on p.id = m.person_id
                      left join council_circulation_answers a using (circulation_id, person_id)
                     where m.circulation_id = ? order by p.pseudonym collate "und-x-icu\"\
                    """, row -> new Circulation.Asked(row.getLong(1), row.getString(2), row.getString(3)), id);
        return list(bodyKey, id, members).stream().findFirst();
    }

    /** Of a body, the newest first; without the members. */
    @Transactional(readOnly = true)
    List<Circulation> of(String bodyKey) {
        return list(bodyKey, 0, List.of());
    }

    private List<Circulation> list(String bodyKey, long id, List<Circulation.Asked> members) {
        return sql.list(
                """
                select c.id, c.body_key, b.name, c.budget_id, coalesce(c.idea_number, 0), coalesce(c.application_id, 0),
                       coalesce(c.application_version, 0), c.title, c.kind, c.amount_cents, c.wording, c.reason, c.simple, c.statement,
                       c.started_at, c.ends_on, o.seats, ceil(o.seats * r.quorum_numerator / r.quorum_denominator::numeric)::int,
                       coalesce(e.outcome, ''), coalesce(e.reason, ''), e.at, coalesce(x.id, 0)
                  from council_circulations c join bodies b on b.key = c.body_key
                  join rules_of(c.body_key, (c.started_at at time zone 'Europe/Berlin')::date) r on true
                  join body_on((c.started_at at time zone 'Europe/Berlin')::date) o on o.body_key = c.body_key
                  left join council_circulation_ends e on e.circulation_id = c.id
                  left join resolutions x on x.circulation_id = c.id
                 where c.body_key = ? and ? in (0, c.id) order by c.id desc limit 100\
                """,
                row -> new Circulation(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getInt(7),
                        row.getString(8),
                        row.getString(9),
                        new Money(row.getLong(10)),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getBoolean(14),
                        row.getTimestamp(15).toInstant(),
                        row.getObject(16, LocalDate.class),
                        row.getInt(17),
                        row.getInt(18),
                        row.getString(19),
                        row.getString(20),
                        row.getTimestamp(21) == null
                                ? null
                                : row.getTimestamp(21).toInstant(),
                        row.getLong(22),
                        members),
                bodyKey,
                id);
    }

    /** Who begins one in a body waits for whoever begins another. */
    void lockBody(String bodyKey) {
        sql.lock(("circulation:" + bodyKey).getBytes(StandardCharsets.UTF_8));
    }

    void lock(long id) {
        sql.lockRow("council_circulations", id);
    }

    Optional<Long> started(UUID request) {
        return sql.one("select id from council_circulations where request_id = ?", row -> row.getLong(1), request);
    }

    boolean runs(Matter matter) {
        return sql.holds(
                "select from open_circulations where idea_number = ? or application_id = ?",
                matter.idea(),
                matter.application());
    }

    long start(
            UUID request,
            String bodyKey,
            long budgetId,
            Matter matter,
            String title,
            CirculationForm form,
            boolean stated,
            Instant at,
            long by) {
        var sum = form.sum(matter.asked());
        return sql.number(
                """
                insert into council_circulations (request_id, body_key, budget_id, idea_number, application_id, application_version, title,
                    kind, amount_cents, wording, reason, simple, statement, started_at, ends_on, by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id\
                """,
                request,
                bodyKey,
                budgetId,
                known(matter.idea()),
                known(matter.application()),
                known(matter.version()),
                title,
                sum.equals(matter.asked()) || matter.asked().isZero() ? "granted" : "granted-in-part",
                sum.cents(),
                form.wording(),
                form.reason(),
                form.simple(),
                stated,
                at,
                form.lastDay().orElseThrow(),
                by);
    }

    private static Optional<Long> known(long number) {
        return number == 0 ? Optional.empty() : Optional.of(number);
    }

    void answer(long id, long personId, String answer, Instant at) {
        sql.change("""
            insert into council_circulation_answers (circulation_id, person_id, answer, at) values (?, ?, ?, ?)
            on conflict (circulation_id, person_id) do update set answer = excluded.answer, at = excluded.at\
            """, id, personId, answer, at);
    }

    void end(long id, String outcome, String reason, Instant at, long by) {
        sql.change(
                "insert into council_circulation_ends (circulation_id, outcome, reason, at, by) values (?, ?, ?, ?, ?)",
                id,
                outcome,
                reason,
                at,
                by);
    }

    /** Who is asked, to be written to. */
    List<Member> addresses(long id) {
        return sql.list(
                """
                select p.id, coalesce(p.pseudonym, ''), coalesce(p.email, ''), coalesce(p.language, 'de')
                  from council_circulation_members m join persons p on p.id = m.person_id
                 where m.circulation_id = ? and p.erased_at is null\
                """,
                row -> new Member(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        Languages.find(row.getString(4)).orElse(Languages.standard())),
                id);
    }
}
