package motette.council;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import motette.ideas.Catalogue;
import motette.ideas.OpenIdeas;
import motette.shared.Money;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/** What a body decides on and has decided. */
@Singleton
class CouncilRepository {

    private final JdbcOperations jdbc;
    private final Catalogue catalogue;

    CouncilRepository(JdbcOperations jdbc, Catalogue catalogue) {
        this.jdbc = jdbc;
        this.catalogue = catalogue;
    }

    /** Every body with the number of ideas that wait for it. */
    @Transactional(readOnly = true)
    List<CouncilsPage.Council> councils() {
        return list(
                """
                select b.key, b.kind, b.name, b.seats, b.venue, b.address,
                       (select count(*) from ideas i where i.body_key = b.key and i.state in ('published', 'postponed'))
                  from bodies b order by b.name collate "und-x-icu\"\
                """,
                statement -> {},
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
                        List.of()));
    }

    /** Ideas of the body that were public within the year and wait, and those it has decided on from this budget. */
    @Transactional(readOnly = true)
    List<BoardRow> board(String bodyKey, int year, long budgetId, Locale locale) {
        return list(
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
                statement -> {
                    statement.setLong(1, budgetId);
                    statement.setString(2, bodyKey);
                    statement.setTimestamp(3, OpenIdeas.endOf(year));
                },
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
                        result(row)));
    }

    /** An idea of the body that has been public. */
    @Transactional(readOnly = true)
    Optional<Candidate> candidate(String bodyKey, long number, Locale locale) {
        return list(
                        """
                        select i.number, i.title, q.name, c.key, i.kind, i.state, i.cost_cents,
                               (select count(*) from supports s where s.idea_number = i.number), i.published_at
                          from ideas i join quarters q on q.key = i.quarter_key join categories c on c.key = i.category_key
                         where i.number = ? and i.body_key = ? and i.published_at is not null
                           and i.state not in ('handed-in', 'returned', 'declined')\
                        """,
                        statement -> {
                            statement.setLong(1, number);
                            statement.setString(2, bodyKey);
                        },
                        row -> new Candidate(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                catalogue.labelOf(row.getString(4), locale),
                                row.getString(5),
                                row.getString(6),
                                row.getObject(7, Long.class),
                                row.getLong(8),
                                day(row.getTimestamp(9).toInstant())))
                .stream()
                .findFirst();
    }

    /** The rules the body follows on that day, for deciding on a budget of the year; empty where none hold yet. */
    @Transactional(readOnly = true)
    Optional<Procedure> procedure(String bodyKey, int year, LocalDate day) {
        return list(
                        """
                        select b.seats, r.quorum_numerator, r.quorum_denominator, r.without_statement_cents,
                               coalesce((select min(to_date((y.year - 1) || '-' || f.opens_on, 'YYYY-MM-DD')) from funds f
                                          where f.body_kind = b.kind), make_date(y.year, 1, 1)), make_date(y.year, 12, 31)
                          from (values (?)) y (year) cross join bodies b
                          join lateral (select * from rules_of_procedure where body_kind = b.kind and valid_from <= ?
                                         order by valid_from desc limit 1) r on true
                         where b.key = ?\
                        """,
                        statement -> {
                            statement.setInt(1, year);
                            statement.setDate(2, Date.valueOf(day));
                            statement.setString(3, bodyKey);
                        },
                        row -> new Procedure(
                                row.getInt(1),
                                row.getInt(2),
                                row.getInt(3),
                                new Money(row.getLong(4)),
                                row.getObject(5, LocalDate.class),
                                row.getObject(6, LocalDate.class)))
                .stream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    Optional<Long> ideaOf(UUID request) {
        return list(
                        "select idea_number from resolutions where request_id = ?",
                        statement -> statement.setObject(1, request),
                        row -> row.getLong(1))
                .stream()
                .findFirst();
    }

    /** False where this form has been used for another idea. */
    boolean insert(Resolution resolution, Instant at) {
        return jdbc.prepareStatement("""
            insert into resolutions (request_id, idea_number, budget_id, event_id, kind, amount_cents, reason, votes_yes, votes_no,
                abstentions, decided_on, recorded_by, recorded_at, seats, quorum, without_statement_cents, statement_given)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (request_id) do nothing\
            """, statement -> {
            statement.setObject(1, resolution.request());
            statement.setLong(2, resolution.ideaNumber());
            statement.setLong(3, resolution.budgetId());
            statement.setLong(4, resolution.eventId());
            statement.setString(5, resolution.decision().key());
            statement.setLong(6, resolution.amount().cents());
            statement.setString(7, resolution.reason());
            statement.setInt(8, resolution.vote().yes());
            statement.setInt(9, resolution.vote().no());
            statement.setInt(10, resolution.vote().abstentions());
            statement.setDate(11, Date.valueOf(resolution.decidedOn()));
            statement.setLong(12, resolution.recordedBy());
            statement.setTimestamp(13, Timestamp.from(at));
            statement.setInt(14, resolution.procedure().seats());
            statement.setInt(15, resolution.procedure().quorum());
            statement.setLong(16, resolution.procedure().withoutStatement().cents());
            statement.setBoolean(17, resolution.statementGiven());
            return statement.executeUpdate() == 1;
        });
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

    private <T> List<T> list(String sql, Fill fill, Read<T> read) {
        return jdbc.prepareStatement(sql, statement -> {
            fill.into(statement);
            var found = new ArrayList<T>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read.from(rows));
                }
            }
            return found;
        });
    }

    @FunctionalInterface
    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }

    @FunctionalInterface
    private interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }
}
