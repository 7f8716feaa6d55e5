package motette.insights;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import motette.budgets.Account;
import motette.ideas.IdeaState;
import motette.shared.Sql;

/** The ledger, summed up and line by line; one query each. */
@Singleton
class MoneyRepository {

    /** What a line is for: an idea by its number, or an application, whose last version says where it is. */
    private static final String MATTER = """
        left join lateral (
            select a.idea_number as number, v.quarter_key
              from application_versions v join applications a on a.id = v.application_id
             where v.application_id = substring(e.reference from '^application:(\\d{1,18})$')::bigint
             order by v.version desc limit 1) w on true
        left join ideas i on i.number = coalesce(w.number, substring(e.reference from '^idea:(\\d{1,18})$')::bigint)\
        """;

    private static final String QUARTER = "coalesce(w.quarter_key, i.quarter_key, 'none')";

    private final Sql sql;

    MoneyRepository(Sql sql) {
        this.sql = sql;
    }

    /** Everything that has moved in a year, added up by budget, quarter and accounts. */
    @Transactional(readOnly = true)
    Books year(int year) {
        var purses = new LinkedHashSet<Purse>();
        var years = new TreeSet<Integer>();
        var flows = new ArrayList<Flow>();
        sql.list(
                """
                select g.id is not null, f.key, f.name, b.key, b.name, b.kind, coalesce(b.district_key, ''),
                       coalesce(b.community_key, ''), m.quarter, m.from_account, m.to_account, m.cents, m.entries,
                       coalesce((select string_agg(distinct year::text, ',') from budgets), '')
                  from funds f
                  join bodies b on b.kind = f.body_kind
                  left join budgets g on (g.fund_key, g.body_key, g.year) = (f.key, b.key, ?)
                  left join lateral (
                      select %s as quarter, e.from_account, e.to_account, sum(e.amount_cents) as cents,
                             count(*) as entries
                        from ledger_entries e %s
                       where e.budget_id = g.id
                       group by 1, 2, 3) m on true
                 order by case b.kind when 'districtCouncil' then 1 when 'localCouncil' then 2 else 3 end, f.key,
                          b.name collate "und-x-icu", m.quarter\
                """.formatted(QUARTER, MATTER),
                row -> {
                    var purse = new Purse(
                            row.getBoolean(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8));
                    purses.add(purse);
                    if (years.isEmpty() && !row.getString(14).isEmpty()) {
                        Arrays.stream(row.getString(14).split(","))
                                .map(Integer::valueOf)
                                .forEach(years::add);
                    }
                    if (row.getString(9) != null) {
                        flows.add(new Flow(
                                purse,
                                row.getString(9),
                                Account.of(row.getString(10)),
                                Account.of(row.getString(11)),
                                row.getLong(12),
                                row.getLong(13)));
                    }
                    return purse;
                },
                year);
        return new Books(year, List.copyOf(years), List.copyOf(purses), List.copyOf(flows));
    }

    /**
     * Lines of the ledger, the newest first.
     *
     * @param quarters only those for something in one of them, or for nothing with a place; empty for all
     */
    @Transactional(readOnly = true)
    List<MoneyMovement> movements(MoneyFilter filter, List<String> quarters, int limit, long offset) {
        return sql.list(
                """
                select e.at, e.from_account || '-' || e.to_account, e.amount_cents, e.reason, e.reference,
                       coalesce(p.number, 0), coalesce(p.title, ''), coalesce(q.name, ''), f.name, b.key, b.name, g.year
                  from budgets g
                  join ledger_entries e on e.budget_id = g.id
                  join funds f on f.key = g.fund_key
                  join bodies b on b.key = g.body_key
                  %s
                  left join ideas p on p.number = i.number and p.state in %s
                  left join quarters q on q.key = coalesce(w.quarter_key, i.quarter_key)
                 where g.year = ? and ? in ('', f.key) and ? in ('', b.key)
                   and (? or %s = any(string_to_array(?, ',')))
                 order by e.id desc limit ? offset ?\
                """.formatted(MATTER, IdeaState.PUBLIC_SQL, QUARTER),
                row -> new MoneyMovement(
                        Objects.requireNonNull(row.getTimestamp(1)).toInstant(),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        row.getInt(12)),
                filter.year(),
                filter.fund(),
                filter.body(),
                quarters.isEmpty(),
                String.join(",", quarters),
                limit,
                offset);
    }
}
