package motette.signin;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The rows of passkeys. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface PasskeyRepository extends GenericRepository<Passkey, Long> {

    @Query("select * from passkeys where person_id = :personId order by id")
    List<Passkey> of(long personId);

    @Query("select * from passkeys where person_id = :personId and id = :id")
    Optional<Passkey> find(long personId, long id);

    /** Of two signatures that come at once, the second waits here and then sees the counter of the first. */
    @Query("select * from passkeys where credential_id = :credentialId for update")
    Optional<Passkey> lock(byte[] credentialId);

    @Query("""
        insert into passkeys (person_id, credential_id, credential, user_handle, sign_count, backup_eligible, backed_up, maker,
                              label, added_at)
        values (:personId, :credentialId, :credential, :userHandle, :signCount, :backupEligible, :backedUp, :maker, :label,
                :now)
        on conflict (credential_id) do nothing returning id\
        """)
    Optional<Long> insert(
            long personId,
            byte[] credentialId,
            byte[] credential,
            byte[] userHandle,
            long signCount,
            boolean backupEligible,
            boolean backedUp,
            String maker,
            String label,
            Instant now);

    @Query("update passkeys set sign_count = :signCount, backed_up = :backedUp, last_used_on = :today where id = :id")
    void use(long id, long signCount, boolean backedUp, LocalDate today);

    @Query("update passkeys set cloned_at = :now where id = :id and cloned_at is null")
    int mark(long id, Instant now);

    @Query("update passkeys set label = :label where person_id = :personId and id = :id")
    int rename(long personId, long id, String label);

    @Query("delete from passkeys where person_id = :personId and id = :id")
    int remove(long personId, long id);
}
