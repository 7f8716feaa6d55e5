package motette.site;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** All roles of a person, past ones too, for that person to read. */
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
        return jdbc.prepareStatement(
                "select r.name, r.scope, coalesce(b.name, a.name, '') as place, r.from_date, r.to_date, "
                        + "r.from_date <= ? and (r.to_date is null or r.to_date >= ?) as running "
                        + "from roles r left join bodies b on b.key = r.scope left join areas a on a.key = r.scope "
                        + "where r.person_id = ? order by running desc, r.from_date desc, r.id",
                statement -> {
                    var today = LocalDate.now(clock);
                    statement.setObject(1, today);
                    statement.setObject(2, today);
                    statement.setLong(3, personId);
                    try (var rows = statement.executeQuery()) {
                        var terms = new ArrayList<Term>();
                        while (rows.next()) {
                            terms.add(new Term(
                                    rows.getString("name"),
                                    rows.getString("scope"),
                                    rows.getString("place"),
                                    rows.getObject("from_date", LocalDate.class),
                                    rows.getObject("to_date", LocalDate.class),
                                    rows.getBoolean("running")));
                        }
                        return terms;
                    }
                });
    }
}
