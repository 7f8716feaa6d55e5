package motette.site;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import motette.budgets.Accounts;
import motette.ideas.IdeaState;

/** Numbers that people can feel, read across the storeys below; one query each, however many districts or ideas there are. */
@Singleton
class Figures {

    private static final String SUMS = Accounts.SQL + " as accounts";

    private static final String DISTRICTS = """
        select d.key, d.slug, d.name, coalesce(b.key, '') as body_key, coalesce(b.name, '') as body_name,
               coalesce(f.key, '') as fund_key, coalesce(f.closes_on, '') as closes_on, g.id is not null as open,
               m.*, i.ideas, i.council_ideas, i.funded, i.waiting
          from districts d
          left join bodies b on b.district_key = d.key
          left join lateral (select key, closes_on from funds where body_kind = b.kind order by key limit 1) f on true
          left join budgets g on g.fund_key = f.key and g.body_key = b.key and g.year = ?
          cross join lateral (select %s from budget_accounts a where a.budget_id = g.id) m
          cross join lateral (
              select count(*) as ideas, count(*) filter (where i.body_key = b.key) as council_ideas,
                     count(*) filter (where i.body_key = b.key and i.state in ('granted', 'granted-in-part')) as funded,
                     count(*) filter (where i.body_key = b.key and i.state in ('published', 'postponed')) as waiting
                from quarters q join ideas i on i.quarter_key = q.key
               where q.district_key = d.key and i.state in %s) i
         where ? in ('', d.slug)
         order by d.key\
        """.formatted(SUMS, IdeaState.PUBLIC_SQL);

    private static final String CITY = """
        select (select count(*) from ideas where state in %s) as ideas,
               (select count(*) from idea_events e left join resolutions r on r.event_id = e.id
                 where e.kind in ('granted', 'granted-in-part', 'not-granted')
                   and extract(year from coalesce(r.decided_on, (e.at at time zone 'Europe/Berlin')::date)) = ?
                   and not exists (select from idea_events u where u.undoes = e.id)) as decided,
               m.*
          from (select %s from budgets g join budget_accounts a on a.budget_id = g.id where g.year = ?) m\
        """.formatted(IdeaState.PUBLIC_SQL, SUMS);

    private static final String DECISIONS = """
        select i.number, i.title, q.name as quarter, b.name as body, e.kind, coalesce(e.amount_cents, 0) as amount_cents,
               coalesce(r.decided_on, (e.at at time zone 'Europe/Berlin')::date) as decided_on
          from idea_events e
          join ideas i on i.number = e.idea_number
          join quarters q on q.key = i.quarter_key
          join bodies b on b.key = i.body_key
          left join resolutions r on r.event_id = e.id
         where e.kind in ('granted', 'granted-in-part', 'not-granted', 'postponed')
           and i.state in %s
           and ? in ('', q.district_key)
           and not exists (select from idea_events u where u.undoes = e.id)
         order by decided_on desc, e.id desc limit ?\
        """.formatted(IdeaState.PUBLIC_SQL);

    private final JdbcOperations jdbc;

    Figures(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional(readOnly = true)
    CityRow city(int year) {
        return jdbc.prepareStatement(CITY, statement -> {
            statement.setInt(1, year);
            statement.setInt(2, year);
            try (var row = statement.executeQuery()) {
                row.next();
                return new CityRow(row.getLong("ideas"), row.getLong("decided"), accounts(row));
            }
        });
    }

    @Transactional(readOnly = true)
    List<DistrictRow> districts(int year) {
        return read(year, "");
    }

    @Transactional(readOnly = true)
    Optional<DistrictRow> district(String slug, int year) {
        return read(year, slug).stream().findFirst();
    }

    /** The newest decisions of a district, or of the whole city where the key is empty. */
    @Transactional(readOnly = true)
    List<LatestDecision> decisions(String districtKey, int limit) {
        return jdbc.prepareStatement(DECISIONS, statement -> {
            statement.setString(1, districtKey);
            statement.setInt(2, limit);
            try (var rows = statement.executeQuery()) {
                var decisions = new ArrayList<LatestDecision>();
                while (rows.next()) {
                    decisions.add(new LatestDecision(
                            rows.getLong("number"),
                            rows.getString("title"),
                            rows.getString("quarter"),
                            rows.getString("body"),
                            IdeaState.of(rows.getString("kind")),
                            rows.getLong("amount_cents"),
                            rows.getObject("decided_on", LocalDate.class)));
                }
                return decisions;
            }
        });
    }

    private List<DistrictRow> read(int year, String slug) {
        return jdbc.prepareStatement(DISTRICTS, statement -> {
            statement.setInt(1, year);
            statement.setString(2, slug);
            try (var rows = statement.executeQuery()) {
                var districts = new ArrayList<DistrictRow>();
                while (rows.next()) {
                    districts.add(district(rows, year));
                }
                return districts;
            }
        });
    }

    private static DistrictRow district(ResultSet row, int year) throws SQLException {
        return new DistrictRow(
                row.getString("key"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("body_key"),
                row.getString("body_name"),
                row.getString("fund_key"),
                row.getString("closes_on"),
                year,
                row.getBoolean("open"),
                accounts(row),
                row.getLong("ideas"),
                row.getLong("council_ideas"),
                row.getLong("funded"),
                row.getLong("waiting"));
    }

    private static Accounts accounts(ResultSet row) throws SQLException {
        return Accounts.read(row.getString("accounts"));
    }
}
