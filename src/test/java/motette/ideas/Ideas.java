package motette.ideas;

import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ideas for tests, written straight into the tables of this feature: what the tests ask of the pages, they do over HTTP. */
final class Ideas {

    static final String TEXT = "Damit sich alle unterwegs ausruhen und ins Gespräch kommen können.";

    private final TransactionOperations<Connection> transactions;

    Ideas(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    long handedIn(String author, String title, String text, String category, String quarter, double lon, double lat) {
        long idea = number(
                "insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon,"
                    + " lat, exact_place, cost_cents, language, handed_in_at, state_since) select p.id, ?, ?,"
                    + " 'proposal', ?, q.key, b.key, ?, ?, true, 200000, 'de', now(), now() from persons p, quarters q"
                    + " join bodies b on b.district_key = q.district_key where p.demo_key = ? and q.key = ? returning"
                    + " number",
                title,
                text,
                category,
                lon,
                lat,
                author,
                quarter);
        tell(idea, "handed-in");
        return idea;
    }

    long published(String author, String title, String text, String category, String quarter, double lon, double lat) {
        long idea = handedIn(author, title, text, category, quarter, lon, lat);
        tell(idea, "published");
        return idea;
    }

    /** In the middle of the city, about something no other idea is about. */
    long published(String author, String title) {
        return published(author, title, TEXT, "sitzen_rasten", "00", 12.3727, 51.3402);
    }

    long handedIn(String author, String title) {
        return handedIn(author, title, TEXT, "sitzen_rasten", "00", 12.3727, 51.3402);
    }

    long tell(long idea, String kind) {
        return number(
                "insert into idea_events (idea_number, kind, at, reason_key, amount_cents) values (?, ?, now(), ?, ?)"
                        + " returning id",
                idea,
                kind,
                List.of("returned", "declined").contains(kind) ? "other" : "",
                kind.startsWith("granted") ? 100_000L : null);
    }

    void takeBack(long idea, long event) {
        run("insert into idea_events (idea_number, kind, at, undoes) values (?, 'undone', now(), ?)", idea, event);
    }

    String state(long idea) {
        return text("select state from ideas where number = ?", idea);
    }

    long person(String key) {
        return number("select id from persons where demo_key = ?", key);
    }

    /** Rows of the table of ideas that a reading within one transaction fetches, with and without an index. */
    long rowsLookedAt(Runnable reading) {
        return transactions.executeWrite(status -> {
            reading.run();
            try (var statement = prepared(
                            status.getConnection(),
                            "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname ="
                                    + " 'ideas'");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    void run(String sql, @Nullable Object... values) {
        transactions.executeWrite(status -> {
            try (var statement = prepared(status.getConnection(), sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    long number(String sql, @Nullable Object... values) {
        return Long.parseLong(text(sql, values));
    }

    String text(String sql, @Nullable Object... values) {
        return transactions.executeWrite(status -> {
            try (var statement = prepared(status.getConnection(), sql, values);
                    var row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        });
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
