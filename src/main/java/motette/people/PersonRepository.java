package motette.people;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface PersonRepository extends GenericRepository<Person, Long> {

    Optional<Person> findById(long id);

    Optional<Person> findByEmail(String email);

    Optional<Person> findByDemoKey(String demoKey);

    @Query("""
        insert into persons (pseudonym, email, language, created_at) values (:pseudonym, :email, :language, :now)
        on conflict (email) do update set email = excluded.email returning *\
        """)
    Person insertOrFind(String pseudonym, @Nullable String email, String language, Instant now);

    /** @return 0 when the address belongs to somebody, else 1 */
    @Query("""
        insert into persons (pseudonym, email, language, created_at) values (:pseudonym, :email, :language, :now)
        on conflict (email) do nothing\
        """)
    long insertNew(String pseudonym, String email, String language, Instant now);

    @Query("update persons set language = :language where id = :id")
    void speak(long id, String language);

    @Query("update persons set pseudonym = :pseudonym where id = :id")
    void rename(long id, String pseudonym);
}
