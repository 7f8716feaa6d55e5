package motette.budgets;

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

/** What the audit log calls budgets. */
@Singleton
class BudgetNaming implements Naming {

    private final JdbcOperations jdbc;

    BudgetNaming(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String kind() {
        return "budget";
    }

    @Override
    @Connectable
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        var ids = keys.stream().map(RowNumbers::find).flatMap(Optional::stream).toArray();
        return jdbc.prepareStatement(
                "select g.id::text, b.name || ' ' || g.year, '/budgets/' || g.fund_key || '/' || g.body_key || '/' ||"
                        + " g.year from budgets g join bodies b on b.key = g.body_key where g.id = any(?)",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("bigint", ids));
                    var named = new HashMap<String, Named>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            named.put(rows.getString(1), new Named(rows.getString(2), rows.getString(3)));
                        }
                    }
                    return named;
                });
    }
}
