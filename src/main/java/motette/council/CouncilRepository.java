package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import motette.ideas.Catalogue;
import motette.ideas.OpenIdeas;
import motette.shared.Money;
import motette.shared.Sql;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** What a body decides on and has decided. */
@Singleton
class CouncilRepository {

    private final Sql sql;
    private final Catalogue catalogue;

    CouncilRepository(Sql sql, Catalogue catalogue) {
        this.sql = sql;
        this.catalogue = catalogue;
    }

    /** Every body with the number of ideas that wait for it. */
    @Transactional(readOnly = true)
    List<CouncilsPage.Council> councils(LocalDate day) {
        return sql.list(
                """
                select b.key, b.kind, b.name, o.seats, o.venue, o.address,
                       (select count(*) from ideas i where i.body_key = b.key and i.state in ('published', 'postponed'))
                  from bodies b join body_on(?) o on o.body_key = b.key order by b.name collate "und-x-icu\"\
                """,
                row -> new CouncilsPage.Council(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getLong(7),
                        0,
                        0,
                        List.of()),
                day);
    }

    /** Ideas of the body that were public within the year and wait, and those it has decided on from this budget. */
    @Transactional(readOnly = true)
    List<BoardRow> board(String bodyKey, int year, long budgetId, Locale locale) {
        return sql.list(
                """
                select i.number, i.title, q.name, c.key, c.color, c.icon, i.state, i.cost_cents,
                       (select count(*) from supports s where s.idea_number = i.number) as supports,
                       r.kind, r.amount_cents, r.reason, r.votes_yes, r.votes_no, r.abstentions, r.seats, r.quorum, r.statement_given,
                       r.decided_on, acted_as_deputy(r.recorded_by, i.body_key, r.recorded_at)
                  from ideas i
                  join quarters q on q.key = i.quarter_key
                  join categories c on c.key = i.category_key
                  left join lateral (select * from resolutions where idea_number = i.number and budget_id = ?
                                      order by id desc limit 1) r on true
                 where %s or r.id is not null
                 order by supports desc, i.published_at, i.number\
                """.formatted(OpenIdeas.CONDITION),
                row -> new BoardRow(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        catalogue.labelOf(row.getString(4), locale),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getObject(8, Long.class),
                        row.getLong(9),
                        false,
                        0,
                        result(row)),
                budgetId,
                bodyKey,
                OpenIdeas.endOf(year));
    }

    /** An idea of the body that has been public. */
    @Transactional(readOnly = true)
    Optional<Candidate> candidate(String bodyKey, long number, Locale locale) {
        return sql.one(
                """
                select i.number, i.title, q.name, c.key, i.kind, i.state, i.cost_cents,
                       (select count(*) from supports s where s.idea_number = i.number), i.published_at
                  from ideas i join quarters q on q.key = i.quarter_key join categories c on c.key = i.category_key
                 where i.number = ? and i.body_key = ? and i.published_at is not null
                   and i.state not in ('handed-in', 'returned', 'declined')\
                """,
                row -> new Candidate(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        catalogue.labelOf(row.getString(4), locale),
                        row.getString(5),
                        row.getString(6),
                        row.getObject(7, Long.class),
                        row.getLong(8),
                        day(row.getTimestamp(9).toInstant())),
                number,
                bodyKey);
    }

    /** The rules the body follows on that day, for deciding on a budget of the year; empty where none hold yet. */
    @Transactional(readOnly = true)
    Optional<Procedure> procedure(String bodyKey, int year, LocalDate day) {
        return sql.one(
                """
                select o.seats, r.quorum_numerator, r.quorum_denominator, r.without_statement_cents,
                       coalesce((select min(to_date((y.year - 1) || '-' || f.opens_on, 'YYYY-MM-DD')) from funds f
                                  where f.body_kind = b.kind), make_date(y.year, 1, 1)), make_date(y.year, 12, 31)
                  from (values (?)) y (year) cross join bodies b
                  join rules_of(b.key, ?) r on true
                  join body_on(?) o on o.body_key = b.key
                 where b.key = ?\
                """,
                row -> new Procedure(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        new Money(row.getLong(4)),
                        row.getObject(5, LocalDate.class),
                        row.getObject(6, LocalDate.class)),
                year,
                day,
                day,
                bodyKey);
    }

    @Transactional(readOnly = true)
    Optional<Long> ideaOf(UUID request) {
        return sql.one("select idea_number from resolutions where request_id = ?", row -> row.getLong(1), request);
    }

    /** False where this form has been used already. */
    boolean insert(Resolution resolution, Instant at) {
        return sql.change(
                        """
                        insert into resolutions (request_id, idea_number, application_id, application_version, item_id, vote_id, circulation_id, budget_id,
                            event_id, kind, amount_cents, wording, reason, votes_yes, votes_no, abstentions, decided_on, recorded_by,
                            recorded_at, seats, quorum, without_statement_cents, statement_given)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (request_id) do nothing\
                        """,
                        resolution.request(),
                        known(resolution.idea()),
                        known(resolution.application()),
                        known(resolution.version()),
                        known(resolution.item()),
                        known(resolution.ballot()),
                        known(resolution.circulation()),
                        known(resolution.budgetId()),
                        known(resolution.eventId()),
                        resolution.kind(),
                        resolution.amount().cents(),
                        resolution.wording(),
                        resolution.reason(),
                        resolution.vote().yes(),
                        resolution.vote().no(),
                        resolution.vote().abstentions(),
                        resolution.decidedOn(),
                        resolution.recordedBy(),
                        at,
                        resolution.seats(),
                        resolution.quorum(),
                        resolution.withoutStatement().cents(),
                        resolution.statementGiven())
                == 1;
    }

    private static Optional<Long> known(long number) {
        return number == 0 ? Optional.empty() : Optional.of(number);
    }

    private static BoardRow.@Nullable Result result(ResultSet row) throws SQLException {
        var kind = row.getString(10);
        return kind == null
                ? null
                : new BoardRow.Result(
                        kind,
                        row.getLong(11),
                        row.getString(12),
                        row.getInt(13),
                        row.getInt(14),
                        row.getInt(15),
                        row.getInt(16),
                        row.getInt(17),
                        row.getBoolean(18),
                        row.getObject(19, LocalDate.class),
                        row.getBoolean(20));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(Time.ZONE).toLocalDate();
    }
}
