package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import motette.shared.Money;

/** Earlier words of an idea: kept when its author changes them, and carried into the draft of the next version. */
final class Revisions {

    private Revisions() {}

    /** @param personId 0 for a guest */
    static void keep(JdbcOperations jdbc, long number, long personId, Instant now) {
        jdbc.prepareStatement(
                "insert into idea_versions (idea_number, said, person_id, at) select number,"
                    + " jsonb_build_object('title', title, 'description', description, 'kind', kind, 'category_key',"
                    + " category_key, 'quarter_key', quarter_key, 'community_key', community_key, 'body_key',"
                    + " body_key, 'place', place, 'language', language, 'lon', lon, 'lat', lat, 'exact_place',"
                    + " exact_place, 'cost_cents', cost_cents, 'target_groups', array(select group_key from"
                    + " idea_target_groups t where t.idea_number = number order by group_key)), ?, ? from ideas where"
                    + " number = ?",
                statement -> {
                    statement.setObject(1, personId == 0 ? null : personId, Types.BIGINT);
                    statement.setTimestamp(2, Timestamp.from(now));
                    statement.setLong(3, number);
                    return statement.executeUpdate();
                });
    }

    static Map<String, String> fieldsOf(JdbcOperations jdbc, long number) {
        return jdbc.prepareStatement(
                "select title, description, kind, category_key, quarter_key, coalesce(community_key, ''), place, lon,"
                    + " lat, exact_place, cost_cents, array_to_string(array(select group_key from idea_target_groups t"
                    + " where t.idea_number = number), ','), language from ideas where number = ?",
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
                            fields.put(Draft.LANGUAGE, row.getString(13));
                        }
                        return fields;
                    }
                });
    }
}
