package motette.site;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All roles of a person, past ones and those they stand in for now too, for that person to read. */
@Singleton
class Terms {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Terms(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    List<Term> of(long personId) {
        return jdbc.prepareStatement("""
            select r.name, r.scope, coalesce(b.name, a.name, '') as place, r.from_date, r.last_day, r.running, r.deputy
              from (select name, scope, from_date, begins_at <= ? and acts_until > ? as running, false as deputy,
                           (nullif(acts_until, 'infinity') - interval '1 millisecond') at time zone 'Europe/Berlin' as last_day
                      from roles where person_id = ? and acts_until > begins_at
                     union all
                    select o.name, o.scope, d.from_date, true, true,
                           (d.acts_until - interval '1 millisecond') at time zone 'Europe/Berlin'
                      from acting_roles(?) o join delegations d on d.id = o.delegation_id where o.person_id = ?) r
              left join bodies b on b.key = r.scope left join areas a on a.key = r.scope
             order by running desc, deputy, r.from_date desc, r.name, r.scope\
            """, statement -> {
            var now = Timestamp.from(clock.instant());
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            statement.setLong(3, personId);
            statement.setTimestamp(4, now);
            statement.setLong(5, personId);
            try (var rows = statement.executeQuery()) {
                var terms = new ArrayList<Term>();
                while (rows.next()) {
                    terms.add(new Term(
                            rows.getString("name"),
                            rows.getString("scope"),
                            rows.getString("place"),
                            rows.getObject("from_date", LocalDate.class),
                            day(rows.getObject("last_day", LocalDateTime.class)),
                            rows.getBoolean("running"),
                            rows.getBoolean("deputy")));
                }
                return terms;
            }
        });
    }

    private static @Nullable LocalDate day(@Nullable LocalDateTime moment) {
        return moment == null ? null : moment.toLocalDate();
    }
}
