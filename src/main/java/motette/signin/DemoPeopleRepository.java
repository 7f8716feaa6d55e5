package motette.signin;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import motette.people.Person;

/** The people of the demo city, for the buttons of its sign-in page. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface DemoPeopleRepository extends GenericRepository<Person, Long> {

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
