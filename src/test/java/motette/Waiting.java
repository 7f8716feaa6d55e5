package motette;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;

/** Ideas that wait for a coordinator, handed in by a person of the town. */
@Singleton
public class Waiting {

    private final JdbcOperations jdbc;

    Waiting(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the number of the idea */
    @Transactional
    public long idea(String author, String quarter, String title, Instant handedIn) {
        long number = jdbc.prepareStatement("""
            insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon, lat, exact_place,
                               language, handed_in_at, state_since)
            select p.id, ?, 'Eine Idee für alle im Quartier, die gern draußen sind.', 'proposal',
                   (select key from categories order by position limit 1), q.key,
                   (select key from bodies where district_key = q.district_key), q.label_lon, q.label_lat, false, 'de', ?, ?
            from persons p, quarters q where p.demo_key = ? and q.key = ? returning number\
            """, statement -> {
            statement.setString(1, title);
            statement.setTimestamp(2, Timestamp.from(handedIn));
            statement.setTimestamp(3, Timestamp.from(handedIn));
            statement.setString(4, author);
            statement.setString(5, quarter);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        return jdbc.prepareStatement(
                "insert into idea_events (idea_number, kind, at, person_id) select number, 'handed-in', handed_in_at,"
                        + " author_id from ideas where number = ? returning idea_number",
                statement -> {
                    statement.setLong(1, number);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    /** The one value that a query answers, as text. */
    @Transactional(readOnly = true)
    public String ask(String sql) {
        return jdbc.prepareStatement(sql, statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return String.valueOf(row.getString(1));
            }
        });
    }

    @Transactional
    public int change(String sql) {
        return jdbc.prepareStatement(sql, statement -> statement.executeUpdate());
    }
}
