package motette.places;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;

/** Carries a file of the pack into tables: the statement reads the JSON itself, as its one parameter. */
@Singleton
public class PackTables {

    private final JdbcOperations jdbc;

    PackTables(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param json      text of a pack file, an object with "items"
     * @param statement an insert that selects from {@code jsonb_array_elements(?::jsonb -> 'items')} or the like
     */
    public void load(String json, String statement) {
        jdbc.prepareStatement(statement, prepared -> {
            prepared.setString(1, json);
            return prepared.executeUpdate();
        });
    }

    /**
     * Loads a file and refuses a pack that lost a key: ideas, seats and money bear it, and their names are read from the pack.
     *
     * @param file  a pack file, an object with "items" that have a "key"
     * @param table with the keys of all packs so far
     * @throws IllegalStateException with a sentence for the operator that names file and keys
     */
    public void loadAll(CityPack pack, String file, String table, String statement) {
        var lost = jdbc.prepareStatement(
                "select string_agg(quote_literal(t.key), ', ' order by t.key) from " + table + " t where not exists"
                        + " (select from jsonb_to_recordset(?::jsonb -> 'items') as x(key text) where x.key = t.key)",
                prepared -> {
                    prepared.setString(1, pack.text(file));
                    try (var row = prepared.executeQuery()) {
                        return row.next() ? row.getString(1) : null;
                    }
                });
        if (lost != null) {
            throw new IllegalStateException("The file " + file + " of the city pack '" + pack.key()
                    + "' no longer names " + lost + "; what people did bears these keys, so put them back.");
        }
        load(pack.text(file), statement);
    }
}
