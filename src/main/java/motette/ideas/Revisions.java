package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import motette.shared.Money;

/** Earlier words of an idea: kept when its author changes them, and carried into the draft of the next version. */
final class Revisions {

    private Revisions() {}

    static void keep(JdbcOperations jdbc, long number, long personId, Instant now) {
        jdbc.prepareStatement(
                "insert into idea_versions (idea_number, title, description, cost_cents, quarter_key, lon, lat, person_id, at) "
                        + "select number, title, description, cost_cents, quarter_key, lon, lat, ?, ? from ideas where number = ?",
                statement -> {
                    statement.setLong(1, personId);
                    statement.setTimestamp(2, Timestamp.from(now));
                    statement.setLong(3, number);
                    return statement.executeUpdate();
                });
    }

    static Map<String, String> fieldsOf(JdbcOperations jdbc, long number) {
        return jdbc.prepareStatement(
                "select title, description, kind, category_key, quarter_key, coalesce(community_key, ''), place, lon, lat, exact_place, "
                        + "cost_cents, array_to_string(array(select group_key from idea_target_groups t where t.idea_number = number), ',') "
                        + "from ideas where number = ?",
                statement -> {
                    statement.setLong(1, number);
                    try (var row = statement.executeQuery()) {
                        var fields = new HashMap<String, String>();
                        if (row.next()) {
                            fields.put(Draft.REVISES, String.valueOf(number));
                            fields.put(Draft.TITLE, row.getString(1));
                            fields.put(Draft.DESCRIPTION, row.getString(2));
                            fields.put(Draft.KIND, row.getString(3));
                            fields.put(Draft.CATEGORY, row.getString(4));
                            fields.put(Draft.QUARTER, row.getString(5));
                            fields.put(Draft.COMMUNITY, row.getString(6));
                            fields.put(Draft.PLACE, row.getString(7));
                            fields.put(Draft.LON, row.getString(8));
                            fields.put(Draft.LAT, row.getString(9));
                            fields.put(Draft.EXACT, String.valueOf(row.getBoolean(10)));
                            var cost = row.getObject(11, Long.class);
                            fields.put(Draft.COST, cost == null ? "" : new Money(cost).typed());
                            fields.put(Draft.GROUPS, row.getString(12));
                        }
                        return fields;
                    }
                });
    }
}
