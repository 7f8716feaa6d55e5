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
}
