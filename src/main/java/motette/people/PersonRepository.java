package motette.people;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface PersonRepository extends GenericRepository<Person, Long> {

    Optional<Person> findById(long id);

    Optional<Person> findByEmail(String email);

    Optional<Person> findByDemoKey(String demoKey);

    @Query("""
        insert into persons (pseudonym, email, created_at) values (:pseudonym, :email, :now)
        on conflict (email) do update set email = excluded.email returning *\
        """)
    Person insertOrFind(String pseudonym, String email, Instant now);

    @Query("update persons set pseudonym = :pseudonym where id = :id")
    void rename(long id, String pseudonym);

    @Query("""
        select name from roles
        where person_id = :id and from_date <= :today and (to_date is null or to_date >= :today)
        group by name order by name\
        """)
    List<String> runningRoles(long id, LocalDate today);

    @Query("""
        select p.demo_key, p.pseudonym, coalesce(max(r.name), 'resident') as role,
               coalesce(max(d.name), '') as district
        from persons p
        left join roles r on r.person_id = p.id
        left join quarters q on q.key = p.home_quarter
        left join districts d on d.key = q.district_key
        where p.demo_key is not null
        group by p.id order by p.id\
        """)
    List<DemoPerson> demoPeople();
}
