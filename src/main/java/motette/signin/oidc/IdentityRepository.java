package motette.signin.oidc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface IdentityRepository extends GenericRepository<Identity, Long> {

    Optional<Identity> findByProviderAndSubject(String provider, String subject);

    @Query("select * from identities where person_id = :personId order by first_seen, id")
    List<Identity> of(long personId);

    @Query("select * from identities where id = :id and person_id = :personId")
    Optional<Identity> findOf(long personId, long id);

    /** @return 0 when the subject is linked to somebody already, else 1 */
    @Query("""
        insert into identities (provider, subject, person_id, level, acr, first_seen, last_seen)
        values (:provider, :subject, :personId, :level, :acr, :today, :today) on conflict (provider, subject) do nothing\
        """)
    long insertNew(String provider, String subject, long personId, String level, String acr, LocalDate today);

    @Query("""
        update identities set level = :level, acr = :acr, last_seen = greatest(last_seen, cast(:today as date)) where id = :id\
        """)
    void seen(long id, String level, String acr, LocalDate today);

    @Query("delete from identities where id = :id")
    void remove(long id);

    /** One sign-in of a subject follows the other, also while the subject has no row yet. */
    @Query("select count(*) from (select pg_advisory_xact_lock(hashtextextended('identity ' || :provider || ' ' ||"
            + " :subject, 0))) t")
    long lock(String provider, String subject);

    /** Whoever takes a way of signing in away waits here for whoever takes another. */
    @Query("select id from persons where id = :personId for update")
    List<Long> lockPerson(long personId);

    @Query("""
        insert into oidc_sign_ins (sign_in_id, identity_id, provider, level, acr, session_hash)
        values (:signIn, :identity, :provider, :level, :acr, decode(nullif(:sessionHash, ''), 'hex'))\
        """)
    void note(long signIn, long identity, String provider, String level, String acr, String sessionHash);

    @Query("select provider from oidc_sign_ins where sign_in_id = :signIn")
    List<String> providerOf(long signIn);

    /** Sign-ins that run and that a provider's session began. */
    @Query("""
        select s.id from sign_ins s join oidc_sign_ins o on o.sign_in_id = s.id
         where o.provider = :provider and o.session_hash = decode(:sessionHash, 'hex') and s.ended_at is null\
        """)
    List<Long> runningOfSession(String provider, String sessionHash);

    @Query("""
        select s.id from sign_ins s join oidc_sign_ins o on o.sign_in_id = s.id
          join identities i on i.id = o.identity_id
         where i.provider = :provider and i.subject = :subject and s.ended_at is null\
        """)
    List<Long> runningOfSubject(String provider, String subject);

    @Query("""
        select s.id from sign_ins s join oidc_sign_ins o on o.sign_in_id = s.id
         where o.identity_id = :id and s.ended_at is null\
        """)
    List<Long> runningOf(long id);

    @Query("select person_id from sign_ins where id = :signIn")
    List<Long> personOf(long signIn);

    /** @return 0 when it was spent before, else 1 */
    @Query("""
        with fresh as (insert into oidc_spent (hash, expires_at) values (decode(:hash, 'hex'), :expiresAt)
                       on conflict do nothing returning 1) select count(*) from fresh\
        """)
    long spend(String hash, Instant expiresAt);

    @Query("delete from oidc_spent where expires_at < :now")
    void forgetSpent(Instant now);
}
