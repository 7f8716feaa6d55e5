package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.shared.Money;
import motette.shared.Sql;

/** Selections as rows, of which none is ever changed. */
@Singleton
class SelectionRepository {

    private static final String SELECT =
            "select id, version, basis, run_id, moved, at from council_selections where session_id = ?";

    private final Sql sql;

    SelectionRepository(Sql sql) {
        this.sql = sql;
    }

    /** What applications on the agenda ask of the fund for the year; those for another year are missing. */
    Map<Long, Money> asked(List<RoomItem> items, int year) {
        var applications = items.stream()
                .map(RoomItem::application)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        return applications.isEmpty()
                ? Map.of()
                : sql
                        .list("""
                            select v.application_id, v.requested_cents from application_versions v
                             where v.application_id = any (string_to_array(?, ',')::bigint[]) and v.year = ?
                               and v.version = (select max(version) from application_versions where application_id = v.application_id)\
                            """, row -> Map.entry(row.getLong(1), new Money(row.getLong(2))), applications, year)
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** As it was saved last. */
    @Transactional(readOnly = true)
    Selection latest(long sessionId) {
        return find(SELECT + " order by version desc limit 1", sessionId);
    }

    /** The list of motions that was made last. */
    @Transactional(readOnly = true)
    Selection moved(long sessionId) {
        return find(SELECT + " and moved order by version desc limit 1", sessionId);
    }

    private Selection find(String select, long sessionId) {
        return sql.one(
                        select,
                        row -> new Selection(
                                row.getInt(2),
                                row.getString(3),
                                row.getObject(4, Long.class),
                                row.getBoolean(5),
                                lines(row.getLong(1)),
                                row.getTimestamp(6).toInstant()),
                        sessionId)
                .orElse(Selection.EMPTY);
    }

    private Map<Long, Selection.Line> lines(long selectionId) {
        return sql
                .list(
                        "select item_id, chosen, cost_cents, amount_cents, proposed, reason from"
                                + " council_selection_lines where selection_id = ?",
                        row -> new Selection.Line(
                                row.getLong(1),
                                row.getBoolean(2),
                                new Money(row.getLong(3)),
                                new Money(row.getLong(4)),
                                row.getBoolean(5),
                                row.getString(6)),
                        selectionId)
                .stream()
                .collect(Collectors.toMap(Selection.Line::item, line -> line));
    }

    boolean isSaved(UUID request) {
        return sql.holds("select from council_selections where request_id = ?", request);
    }

    void save(UUID request, long sessionId, Selection selection, Money available, Instant at, long by) {
        long id = sql.number(
                """
                insert into council_selections (request_id, session_id, version, basis, run_id, moved, available_cents, at, by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id\
                """,
                request,
                sessionId,
                selection.version(),
                selection.basis(),
                Optional.ofNullable(selection.run()),
                selection.moved(),
                available.cents(),
                at,
                by);
        sql.changeAll(
                """
                insert into council_selection_lines (selection_id, moved, item_id, chosen, cost_cents, amount_cents, proposed, reason)
                values (?, ?, ?, ?, ?, ?, ?, ?)\
                """,
                selection.lines().values().stream()
                        .map(line -> new Object[] {
                            id,
                            selection.moved(),
                            line.item(),
                            line.chosen(),
                            line.cost().cents(),
                            line.amount().cents(),
                            line.proposed(),
                            line.reason()
                        })
                        .toList());
    }
}
