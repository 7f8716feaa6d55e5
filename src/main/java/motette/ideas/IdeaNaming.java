package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.audit.Naming;
import motette.shared.RowNumbers;

/** What the audit log calls ideas: by their title while they are public, otherwise only by their number. */
@Singleton
class IdeaNaming implements Naming {

    private final JdbcOperations jdbc;

    IdeaNaming(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "idea";
    }

    @Override
    @Connectable
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        var numbers =
                keys.stream().map(RowNumbers::find).flatMap(Optional::stream).toArray();
        return jdbc.prepareStatement(
                "select number, title from ideas where number = any(?) and state in " + IdeaState.PUBLIC_SQL,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("bigint", numbers));
                    var named = new HashMap<String, Named>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            var number = rows.getString(1);
                            named.put(number, new Named(rows.getString(2), "/ideas/" + number));
                        }
                    }
                    return named;
                });
    }
}
