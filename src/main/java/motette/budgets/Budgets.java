package motette.budgets;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads budgets; balances are the ledger's. */
@Singleton
public class Budgets {

    private static final String SELECT = """
        select coalesce(g.id, 0), f.key, f.name, b.key, b.name, b.kind, y.year,
               a.accounts,
               f.per, coalesce(r.amount_cents, 0), coalesce(r.source, f.source), coalesce(r.is_default, false), c.population,
               coalesce((select string_agg(o.year::text, ',' order by o.year) from budgets o
                          where o.fund_key = f.key and o.body_key = b.key), '')
          from (values (?)) y (year)
          cross join funds f
          join bodies b on b.kind = f.body_kind
          left join budgets g on (g.fund_key, g.body_key, g.year) = (f.key, b.key, y.year)
          left join communities c on c.key = b.community_key
          left join lateral (select amount_cents, source, is_default from fund_rates
                              where fund_key = f.key and valid_from <= make_date(y.year, 1, 1)
                              order by valid_from desc limit 1) r on true
          cross join lateral (select %s as accounts from budget_accounts a where a.budget_id = g.id) a
        """.formatted(Accounts.SQL);

    private static final String IN_ORDER =
            " order by case b.kind when 'districtCouncil' then 1 when 'localCouncil' then 2 else 3 end, "
                    + "f.key, b.name collate \"und-x-icu\"";

    private final JdbcOperations jdbc;

    /** Last days of funds by kind of body; funds change only with the city pack, which is imported before the first request. */
    private volatile Map<String, MonthDay> closing = Map.of();

    Budgets(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** Month and day after which ideas count for the next year's budget of such a body; empty where there is no such day. */
    public Optional<MonthDay> closesOn(String bodyKind) {
        if (closing.isEmpty()) {
            closing = readClosing();
        }
        return Optional.ofNullable(closing.get(bodyKind));
    }

    @Connectable
    Map<String, MonthDay> readClosing() {
        return jdbc.prepareStatement(
                "select body_kind, min(closes_on) from funds where closes_on is not null group by body_kind",
                statement -> {
                    try (var rows = statement.executeQuery()) {
                        var days = new HashMap<String, MonthDay>();
                        while (rows.next()) {
                            days.put(rows.getString(1), MonthDay.parse("--" + rows.getString(2)));
                        }
                        return Map.copyOf(days);
                    }
                });
    }

    /** Every open budget of the year, by fund and body. */
    @Transactional(readOnly = true)
    public List<BudgetView> year(int year) {
        return all(year).stream().filter(BudgetView::isOpen).toList();
    }

    /** The budget of a body, open or not; empty where there is no such body or no fund for it. */
    @Transactional(readOnly = true)
    public Optional<BudgetView> of(String bodyKey, int year) {
        return list(SELECT + " where b.key = ?" + IN_ORDER + " limit 1", year, bodyKey).stream()
                .findFirst();
    }

    /** Budgets of a body in all funds that give it money, open or not. */
    @Transactional(readOnly = true)
    public List<BudgetView> allOf(String bodyKey, int year) {
        return list(SELECT + " where b.key = ?" + IN_ORDER, year, bodyKey);
    }

    /** An open budget by its id. */
    @Transactional(readOnly = true)
    public Optional<BudgetView> find(long id) {
        return jdbc
                .prepareStatement("select year, fund_key, body_key from budgets where id = ?", statement -> {
                    statement.setLong(1, id);
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? list(
                                        SELECT + " where f.key = ? and b.key = ?",
                                        row.getInt(1),
                                        row.getString(2),
                                        row.getString(3))
                                : List.<BudgetView>of();
                    }
                })
                .stream()
                .findFirst();
    }

    @Transactional(readOnly = true)
    Optional<BudgetView> find(String fundKey, String bodyKey, int year) {
        return list(SELECT + " where f.key = ? and b.key = ?", year, fundKey, bodyKey).stream()
                .findFirst();
    }

    /** Every fund and body, also where no budget is open. */
    @Transactional(readOnly = true)
    List<BudgetView> all(int year) {
        return list(SELECT + IN_ORDER, year);
    }

    /** People who live in the city, by the population of its districts. */
    @Transactional(readOnly = true)
    long inhabitants() {
        return jdbc.prepareStatement("select coalesce(sum(population), 0) from districts", statement -> {
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Lines of the ledger, the newest first. */
    @Transactional(readOnly = true)
    List<Movement> movements(long budgetId, int limit, long offset) {
        return jdbc.prepareStatement(
                "select at, from_account || '-' || to_account, amount_cents, reason, reference, "
                        + "coalesce(substring(reference from '^idea:(\\d{1,18})$')::bigint, 0) "
                        + "from ledger_entries where budget_id = ? order by id desc limit ? offset ?",
                statement -> {
                    statement.setLong(1, budgetId);
                    statement.setInt(2, limit);
                    statement.setLong(3, offset);
                    var movements = new ArrayList<Movement>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            movements.add(new Movement(
                                    rows.getTimestamp(1).toInstant(),
                                    rows.getString(2),
                                    rows.getLong(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getLong(6)));
                        }
                    }
                    return movements;
                });
    }

    @Transactional(readOnly = true)
    long countMovements(long budgetId) {
        return jdbc.prepareStatement("select count(*) from ledger_entries where budget_id = ?", statement -> {
            statement.setLong(1, budgetId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private List<BudgetView> list(String sql, int year, String... keys) {
        return jdbc.prepareStatement(sql, statement -> {
            fill(statement, year, keys);
            var budgets = new ArrayList<BudgetView>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    budgets.add(view(rows));
                }
            }
            return budgets;
        });
    }

    private static void fill(PreparedStatement statement, int year, String... keys) throws SQLException {
        statement.setInt(1, year);
        for (int i = 0; i < keys.length; i++) {
            statement.setString(i + 2, keys[i]);
        }
    }

    private static BudgetView view(ResultSet row) throws SQLException {
        var years = row.getString(14);
        return new BudgetView(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                Accounts.read(row.getString(8)),
                row.getString(9),
                row.getLong(10),
                row.getString(11),
                row.getBoolean(12),
                row.getObject(13, Integer.class),
                years.isEmpty()
                        ? List.of()
                        : Arrays.stream(years.split(",")).map(Integer::valueOf).toList());
    }
}
