package motette.privacy;

import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole database for tests, asked without the register. */
@Singleton
class Sql {

    private final TransactionOperations<Connection> transactions;

    Sql(TransactionOperations<Connection> transactions) {
        this.transactions = transactions;
    }

    void run(String sql) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    List<List<String>> rows(String sql) {
        return transactions.executeRead(status -> {
            try (var statement = status.getConnection().createStatement();
                    var rows = statement.executeQuery(sql)) {
                var all = new ArrayList<List<String>>();
                while (rows.next()) {
                    var row = new ArrayList<String>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(rows.getString(i)));
                    }
                    all.add(row);
                }
                return all;
            }
        });
    }

    String ask(String sql) {
        return rows(sql).getFirst().getFirst();
    }

    long number(String sql) {
        return Long.parseLong(ask(sql));
    }

    /** Table and column of everything in the database. */
    List<List<String>> columns() {
        return rows("select table_name, column_name, data_type from information_schema.columns where table_schema ="
                + " 'public' and table_name <> 'flyway_schema_history' order by table_name, ordinal_position");
    }

    /** Every row of every table as text, by table. */
    Map<String, List<String>> dump() throws SQLException {
        var dump = new LinkedHashMap<String, List<String>>();
        for (var table : rows("select tablename from pg_tables where schemaname = 'public' order by 1")) {
            dump.put(
                    table.getFirst(),
                    rows("select t::text from \"" + table.getFirst() + "\" t").stream()
                            .map(List::getFirst)
                            .toList());
        }
        return dump;
    }
}
