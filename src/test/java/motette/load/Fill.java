package motette.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;

/** Runs a file of SQL in one transaction, tidies up as autovacuum would, and says what the load needs to know. */
final class Fill {

    private Fill() {}

    /** @param args address of the database, the file */
    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection(args[0]);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(Files.readString(Path.of(args[1])));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum (analyze)");
            statement.execute("vacuum full map_version");
            try (var row = statement.executeQuery("""
                select 'ideas=' || count(*) || ' first=' || min(number) || ' last=' || max(number)
                       || ' supports=' || (select count(*) from supports)
                       || ' quarters=' || count(distinct quarter_key)
                       || ' comparers=' || (select min(id) from persons where pseudonym like 'Vergleich %')
                  from ideas where state = 'published'
                   and author_id in (select id from persons where pseudonym like 'Lastprobe %')\
                """)) {
                row.next();
                System.out.println(row.getString(1));
            }
        }
    }
}
