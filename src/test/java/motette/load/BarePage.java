package motette.load;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.Micronaut;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.views.View;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What a page costs at least: this framework as it comes, one query of 50 rows, one template, nothing else. */
public final class BarePage {

    static final String ENVIRONMENT = "bare";

    private BarePage() {}

    /** @param args address of the database */
    public static void main(String[] args) {
        Micronaut.build(new String[0])
                .mainClass(BarePage.class)
                .banner(false)
                .environments(ENVIRONMENT)
                .properties(Map.of(
                        "micronaut.views.folder", "load/views",
                        "micronaut.server.netty.server-type", "full_content",
                        "datasources.default.url", args[0],
                        "datasources.default.driver-class-name", "org.postgresql.Driver",
                        "datasources.default.maximum-pool-size", 10))
                .start();
    }

    /** A row as a bean. */
    @Introspected
    public static final class Row {

        private final long number;
        private final String title;
        private final String quarter;
        private final String category;
        private final String day;
        private final String cost;

        Row(long number, String title, String quarter, String category, String day, String cost) {
            this.number = number;
            this.title = title;
            this.quarter = quarter;
            this.category = category;
            this.day = day;
            this.cost = cost;
        }

        public long getNumber() {
            return number;
        }

        public String getTitle() {
            return title;
        }

        public String getQuarter() {
            return quarter;
        }

        public String getCategory() {
            return category;
        }

        public String getDay() {
            return day;
        }

        public String getCost() {
            return cost;
        }
    }

    @Controller
    @Requires(env = ENVIRONMENT)
    @ExecuteOn(TaskExecutors.BLOCKING)
    static class BareController {

        private static final DateTimeFormatter DAY =
                DateTimeFormatter.ofPattern("dd.MM.yyyy").withZone(ZoneId.of("Europe/Berlin"));

        private final DataSource database;

        BareController(DataSource database) {
            this.database = database;
        }

        @Get
        @View("bare")
        Map<String, List<Row>> page() throws SQLException {
            try (var connection = database.getConnection();
                    var statement = connection.prepareStatement(
                            "select i.number, i.title, q.name, c.key, i.published_at, i.cost_cents from ideas i join"
                                    + " quarters q on q.key = i.quarter_key join categories c on c.key = i.category_key"
                                    + " where i.state in ('published', 'granted', 'granted-in-part', 'not-granted',"
                                    + " 'postponed') order by i.published_at desc, i.number desc limit 50");
                    var result = statement.executeQuery()) {
                var rows = new ArrayList<Row>(50);
                while (result.next()) {
                    Instant published = result.getTimestamp(5).toInstant();
                    long cents = result.getLong(6);
                    rows.add(new Row(
                            result.getLong(1),
                            result.getString(2),
                            result.getString(3),
                            result.getString(4),
                            DAY.format(published),
                            cents == 0 ? "" : cents / 100 + " €"));
                }
                return Map.of("rows", rows);
            }
        }
    }
}
