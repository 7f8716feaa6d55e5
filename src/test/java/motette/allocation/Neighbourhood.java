package motette.allocation;

import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Ideas and supporters of a district, written straight into the tables of the storey below. */
public final class Neighbourhood {

    private final TransactionOperations<Connection> transactions;
    private final String body;

    public Neighbourhood(TransactionOperations<Connection> transactions, String body) {
        this.transactions = transactions;
        this.body = body;
    }

    /** A published idea in the first quarter of the district. */
    public long idea(String title, @Nullable Long cents) {
        long idea = number(
                "insert into ideas (author_id, title, description, kind, category_key, quarter_key, body_key, lon,"
                        + " lat, exact_place, cost_cents, language, handed_in_at, state_since) select (select id from"
                        + " persons where demo_key = 'resident-1'), '" + title
                        + "', 'Damit sich alle ausruhen können.',"
                        + " 'proposal', (select key from categories order by position limit 1), (select min(q.key) from"
                        + " quarters q join bodies b on b.district_key = q.district_key where b.key = '" + body
                        + "'), '" + body + "', 12.3, 51.3, true, " + cents + ", 'de', now(), now() returning number");
        run("insert into idea_events (idea_number, kind, at) values (" + idea + ", 'published', now())");
        return idea;
    }

    /** New people, each supporting all of these ideas, who live in the quarter of that place in the order of keys. */
    public void support(int people, int quarter, long... ideas) {
        for (int i = 0; i < people; i++) {
            long person = number("insert into persons (pseudonym, home_quarter, created_at) select 'Nachbarschaft',"
                    + " (select q.key from quarters q join bodies b on b.district_key = q.district_key where b.key = '"
                    + body + "' order by q.key offset " + quarter + " limit 1), now() returning id");
            for (long idea : ideas) {
                run("insert into supports (idea_number, person_id, at) values (" + idea + ", " + person + ", now())");
            }
        }
    }

    /** Leaves nothing of the demo city open before this body. */
    public void clear() {
        run("insert into idea_events (idea_number, kind, at) select number, 'withdrawn', now() from ideas where"
                + " body_key = '" + body + "' and state in ('published', 'postponed')");
    }

    public void run(String sql) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    public long number(String sql) {
        return transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement();
                    var row = statement.executeQuery(sql)) {
                if (!row.next()) {
                    throw new SQLException("Nothing found: " + sql);
                }
                return row.getLong(1);
            }
        });
    }
}
