package motette.budgets;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.shared.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the budgets that are due, each with what the fund's rate on 1 January of its year gives. Any number of times and
 * by any number of copies: a budget that is there is left alone.
 */
@Singleton
public class BudgetOpening {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetOpening.class);

    /**
     * Every fund and body with a rate, whose budget of the year is due and missing. The next year's budget is due from the
     * day on which its fund takes ideas. Without a population there is no sum and no budget.
     */
    private static final String DUE = """
        select f.key, b.key, y.year,
               case f.per when 'inhabitant' then r.amount_cents * c.population else r.amount_cents end as cents, r.source
          from (select extract(year from d.today)::int + n as year, d.today from (values (?::date)) d (today), generate_series(0, 1) n) y
          join funds f on y.today >= case when f.opens_on is null then make_date(y.year, 1, 1)
                                          else least(to_date((y.year - 1) || '-' || f.opens_on, 'YYYY-MM-DD'), make_date(y.year, 1, 1)) end
          join bodies b on b.kind = f.body_kind
          left join communities c on c.key = b.community_key
          join lateral (select amount_cents, source from fund_rates
                         where fund_key = f.key and valid_from <= make_date(y.year, 1, 1)
                         order by valid_from desc limit 1) r on true
         where (f.per <> 'inhabitant' or c.population > 0)
           and not exists (select from budgets g where (g.fund_key, g.body_key, g.year) = (f.key, b.key, y.year))
         order by y.year, f.key, b.key\
        """;

    private final JdbcOperations jdbc;
    private final Ledger ledger;
    private final Audit audit;

    BudgetOpening(JdbcOperations jdbc, Ledger ledger, Audit audit) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.audit = audit;
    }

    @Transactional
    public void open(LocalDate today) {
        for (var due : due(today)) {
            long id = insert(due);
            if (id != 0) {
                ledger.appropriate(id, new Money(due.cents()), due.source(), "fund:" + due.fund());
                audit.record(Deed.of("budget.opening", "budget:" + id).with("cents", due.cents()));
                LOG.info(
                        "budget opened id={} fund={} body={} year={} cents={}",
                        id,
                        due.fund(),
                        due.body(),
                        due.year(),
                        due.cents());
            }
        }
    }

    private List<Due> due(LocalDate today) {
        return jdbc.prepareStatement(DUE, statement -> {
            statement.setDate(1, Date.valueOf(today));
            var due = new ArrayList<Due>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    due.add(new Due(
                            rows.getString(1), rows.getString(2), rows.getInt(3), rows.getLong(4), rows.getString(5)));
                }
            }
            return due;
        });
    }

    /** 0 where another copy has just been faster. */
    private long insert(Due due) {
        return jdbc.prepareStatement(
                "insert into budgets (fund_key, body_key, year) values (?, ?, ?) on conflict do nothing returning id",
                statement -> {
                    statement.setString(1, due.fund());
                    statement.setString(2, due.body());
                    statement.setInt(3, due.year());
                    try (var row = statement.executeQuery()) {
                        return row.next() ? row.getLong(1) : 0;
                    }
                });
    }

    private record Due(String fund, String body, int year, long cents, String source) {}
}
