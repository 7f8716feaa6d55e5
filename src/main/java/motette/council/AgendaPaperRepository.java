package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import motette.shared.Sql;
import org.jspecify.annotations.Nullable;

/** Papers of agenda items. Nobody gets from here what they may not read of the item. */
@Singleton
class AgendaPaperRepository {

    private static final String READABLE =
            "(? or p.open and i.secrecy = '' and exists (select from council_invitations v"
                    + " where v.session_id = i.session_id))";

    private static final String PAPERS =
            "select p.id, p.item_id, p.number, p.title, p.open, p.late, octet_length(p.content), p.added_at,"
                    + " coalesce(w.reason, '') from agenda_papers p join agenda_items i on i.id = p.item_id"
                    + " left join agenda_paper_withdrawals w on w.paper_id = p.id where ";

    private final Sql sql;

    AgendaPaperRepository(Sql sql) {
        this.sql = sql;
    }

    /** By item, in the order in which they came. Before the invitation, only who belongs to the body reads any. */
    @Transactional(readOnly = true)
    Map<Long, List<AgendaPaper>> of(long sessionId, boolean insider) {
        return sql
                .list(
                        PAPERS + "i.session_id = ? and " + READABLE + " order by p.added_at, p.id",
                        AgendaPaperRepository::paper,
                        sessionId,
                        insider)
                .stream()
                .collect(Collectors.groupingBy(AgendaPaper::item));
    }

    /** What can be opened of the item that is dealt with; nothing between items. */
    @Transactional(readOnly = true)
    List<AgendaPaper> onTheTable(@Nullable RoomItem item, boolean insider) {
        return item == null
                ? List.of()
                : sql.list(
                        PAPERS + "i.id = ? and w.paper_id is null and " + READABLE + " order by p.added_at, p.id",
                        AgendaPaperRepository::paper,
                        item.id(),
                        insider);
    }

    private static AgendaPaper paper(ResultSet row) throws SQLException {
        return new AgendaPaper(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getInt(7),
                row.getTimestamp(8).toInstant(),
                row.getString(9));
    }

    /** The file; nothing where it was withdrawn or is not theirs to read. */
    @Transactional(readOnly = true)
    Optional<byte[]> content(long sessionId, UUID paper, boolean insider) {
        return sql.one(
                "select p.content from agenda_papers p join agenda_items i on i.id = p.item_id where i.session_id = ?"
                        + " and p.id = ? and not exists (select from agenda_paper_withdrawals w where w.paper_id ="
                        + " p.id) and " + READABLE,
                row -> row.getBytes(1),
                sessionId,
                paper,
                insider);
    }

    boolean isThere(UUID paper) {
        return sql.holds("select from agenda_papers where id = ?", paper);
    }

    void add(
            long itemId,
            UUID paper,
            AgendaPaperForm form,
            boolean open,
            boolean late,
            byte[] pdf,
            Instant at,
            long by) {
        sql.change(
                "insert into agenda_papers (id, item_id, number, title, open, late, content, added_at, added_by) values"
                        + " (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                paper,
                itemId,
                form.number(),
                form.title(),
                open,
                late,
                pdf,
                at,
                by);
    }

    void delete(UUID paper) {
        sql.change("delete from agenda_papers where id = ?", paper);
    }

    void withdraw(UUID paper, String reason, Instant at, long by) {
        sql.change(
                "insert into agenda_paper_withdrawals (paper_id, reason, at, by) values (?, ?, ?, ?)",
                paper,
                reason,
                at,
                by);
    }
}
