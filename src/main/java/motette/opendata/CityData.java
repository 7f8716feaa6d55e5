package motette.opendata;

import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import motette.budgets.Accounts;
import motette.opendata.Answers.Amount;
import motette.opendata.Answers.Body;
import motette.opendata.Answers.Budget;
import motette.opendata.Answers.Community;
import motette.opendata.Answers.District;
import motette.opendata.Answers.Licence;
import motette.opendata.Answers.Named;
import motette.opendata.Answers.Quarter;
import motette.places.CityPack;
import org.jspecify.annotations.Nullable;

/** The city and its money as rows for machines, and under which terms all of it may be used. */
@Singleton
class CityData {

    private final JdbcOperations jdbc;
    private final Licence licence;
    private final String attribution;
    private final Clock clock;

    CityData(JdbcOperations jdbc, CityPack pack, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.attribution = pack.attribution();
        try {
            var city = json.readValue(pack.text("city.json"), Argument.mapOf(String.class, Object.class));
            var terms = (Map<?, ?>) city.getOrDefault("licence", Map.of());
            this.licence = new Licence(String.valueOf(terms.get("name")), String.valueOf(terms.get("url")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Licence licence() {
        return licence;
    }

    String attribution() {
        return attribution;
    }

    /** One row a quarter and community, in order; the rows of a district follow each other. Seats are those of the terms that run. */
    @Transactional(readOnly = true)
    public List<District> districts() {
        return jdbc.prepareStatement("""
            select d.key, d.slug, d.name, d.population, b.key as body_key, b.name as body_name, o.seats as body_seats,
                   q.key as quarter_key, q.name as quarter_name, q.population as quarter_population, q.label_lon, q.label_lat,
                   c.key as community_key, c.name as community_name, c.shared,
                   l.key as local_key, l.name as local_name, lo.seats as local_seats
            from districts d
            join quarters q on q.district_key = d.key
            left join bodies b on b.district_key = d.key
            left join body_on(?) o on o.body_key = b.key
            left join community_quarters cq on cq.quarter_key = q.key
            left join communities c on c.key = cq.community_key
            left join bodies l on l.community_key = c.key
            left join body_on(?) lo on lo.body_key = l.key
            order by d.key, q.key, c.key\
            """, statement -> {
            var today = LocalDate.now(clock);
            statement.setObject(1, today);
            statement.setObject(2, today);
            var districts = new LinkedHashMap<String, District>();
            var quarters = new LinkedHashMap<String, Quarter>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var district = districts.get(row.getString("key"));
                    if (district == null) {
                        district = new District(
                                row.getString("key"),
                                row.getString("slug"),
                                row.getString("name"),
                                row.getInt("population"),
                                body(row, "body"),
                                new ArrayList<>());
                        districts.put(district.key(), district);
                    }
                    var quarter = quarters.get(row.getString("quarter_key"));
                    if (quarter == null) {
                        quarter = new Quarter(
                                row.getString("quarter_key"),
                                row.getString("quarter_name"),
                                row.getInt("quarter_population"),
                                List.of(row.getDouble("label_lon"), row.getDouble("label_lat")),
                                new ArrayList<>());
                        quarters.put(quarter.key(), quarter);
                        district.quarters().add(quarter);
                    }
                    if (row.getString("community_key") != null) {
                        quarter.communities()
                                .add(new Community(
                                        row.getString("community_key"),
                                        row.getString("community_name"),
                                        row.getBoolean("shared"),
                                        body(row, "local")));
                    }
                }
            }
            return List.copyOf(districts.values());
        });
    }

    @Transactional(readOnly = true)
    public List<Budget> budgets(OptionalInt year) {
        return jdbc.prepareStatement("""
            select b.year, f.key as fund_key, f.name as fund_name, o.key as body_key, o.name as body_name,
                   %s as accounts
            from budgets b
            join funds f on f.key = b.fund_key
            join bodies o on o.key = b.body_key
            join budget_accounts a on a.budget_id = b.id
            where b.year = coalesce(?, b.year)
            group by b.id, f.key, o.key
            order by b.year desc, f.key, o.key\
            """.formatted(Accounts.SQL), statement -> {
            if (year.isPresent()) {
                statement.setInt(1, year.getAsInt());
            } else {
                statement.setNull(1, Types.INTEGER);
            }
            var budgets = new ArrayList<Budget>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    budgets.add(budget(row));
                }
            }
            return budgets;
        });
    }

    private static Budget budget(ResultSet row) throws SQLException {
        var accounts = Accounts.read(row.getString("accounts"));
        return new Budget(
                row.getInt("year"),
                new Named(row.getString("fund_key"), row.getString("fund_name")),
                new Named(row.getString("body_key"), row.getString("body_name")),
                Amount.of(accounts.appropriated()),
                amounts(accounts));
    }

    /** By the key of the account, in the order of the money's way. */
    static Map<String, Amount> amounts(Accounts accounts) {
        var amounts = new LinkedHashMap<String, Amount>();
        accounts.balances().forEach((account, cents) -> amounts.put(account.key(), Amount.of(cents)));
        return amounts;
    }

    private static @Nullable Body body(ResultSet row, String prefix) throws SQLException {
        var key = row.getString(prefix + "_key");
        return key == null ? null : new Body(key, row.getString(prefix + "_name"), row.getInt(prefix + "_seats"));
    }
}
