package motette.notifications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface NewsRepository extends GenericRepository<NewsRepository.Line, Long> {

    @MappedEntity("idea_events")
    @Introspected
    record Line(@Id long id) {}

    /** Empty when the author left no address, or a guest did not confirm it, or when only a correction of the place was taken back, which was no news. */
    @Query("""
        select i.title, coalesce(p.pseudonym, '') as pseudonym, coalesce(p.email, g.email) as email, p.id is null as guest,
               i.state in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed') as open, coalesce(b.name, a.name, '') as office, b.key is null and a.key is not null as area, e.reason_key, e.note,
               coalesce(e.amount_cents, 0) as amount_cents, coalesce(p.language, i.language) as language
        from idea_events e join ideas i on i.number = e.idea_number left join persons p on p.id = i.author_id
        left join idea_guests g on g.idea_number = i.number and g.confirmed_at is not null
        left join bodies b on b.key = e.office left join areas a on a.key = e.office
        where e.id = :event and coalesce(p.email, g.email) is not null
          and not exists (select from idea_events u where u.id = e.undoes and u.kind = 'place-corrected')\
        """)
    Optional<News> of(long event);
}
