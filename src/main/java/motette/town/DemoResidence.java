package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import motette.places.CityPack;
import motette.places.PackImport;
import motette.residence.Residences;
import motette.residence.VerifiedPerson;

/** The demo residents have shown that they live in their quarter, and three people wait for a letter. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class DemoResidence implements PackImport {

    private static final List<String> WAITING = List.of("ost", "west", "mitte");

    private final JdbcOperations jdbc;
    private final Residences residences;
    private final Clock clock;

    DemoResidence(JdbcOperations jdbc, Residences residences, Clock clock) {
        this.jdbc = jdbc;
        this.residences = residences;
        this.clock = clock;
    }

    @Override
    public int storey() {
        return 92;
    }

    @Override
    public void importFrom(CityPack pack) {
        showTheResidents();
        WAITING.forEach(this::letLetterWait);
    }

    private void showTheResidents() {
        jdbc.prepareStatement(
                """
                with shown as (
                    insert into residence_proofs (person_id, quarter_key, way, birth_year, shown_at, valid_until)
                    select p.id, p.home_quarter, case when p.id % 2 = 0 then 'letter' else 'register' end,
                           1950 + (p.id * 7) % 55, n.at, n.at + (select valid_months from residence_rules
                               where valid_from <= n.at order by valid_from desc limit 1) * interval '1 month'
                    from persons p cross join (select ?::timestamptz as at) n
                    where p.demo_key like 'resident-%' and p.home_quarter is not null
                      and not exists (select from residence_proofs r where r.person_id = p.id)
                    returning id, person_id)
                insert into residence_keys (kind, hash, proof_id)
                select 'birth', sha256(convert_to('demo ' || person_id, 'UTF8')), id from shown\
                """,
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant()));
                    return statement.executeUpdate();
                });
    }

    private void letLetterWait(String district) {
        person("councillor-" + district + "-11")
                .ifPresent(waiting -> residences.sendLetter(
                        waiting.id(),
                        new VerifiedPerson(
                                "Demo-Beiratsmitglied",
                                waiting.pseudonym().replaceFirst("^\\S+ ", ""),
                                LocalDate.of(1980, 1, 1),
                                "Demostraße " + waiting.id(),
                                waiting.postcode(),
                                waiting.quarter(),
                                VerifiedPerson.NOT_ASSURED)));
    }

    private record Waiting(long id, String pseudonym, String quarter, String postcode) {}

    private Optional<Waiting> person(String key) {
        return jdbc.prepareStatement("""
            select p.id, p.pseudonym, (select q.key from quarters q join districts d on d.key = q.district_key
                                       where d.slug = split_part(p.demo_key, '-', 2) order by q.population desc limit 1)
            from persons p where p.demo_key = ?
              and not exists (select from residence_letters l where l.person_id = p.id)\
            """, statement -> {
            statement.setString(1, key);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Waiting(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                residences.somePostcode(row.getString(3))))
                        : Optional.empty();
            }
        });
    }
}
