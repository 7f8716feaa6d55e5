package motette.signin.oidc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RoleMappingRepository extends GenericRepository<RoleMapping, Long> {

    String COLUMNS =
            "id, provider, claim, value, role, scope, days, from_date, to_date, written_at, written_by, reason,"
                    + " ended_at, end_reason";

    @Query("select " + COLUMNS + " from role_mappings order by ended_at is not null, ended_at desc, id")
    List<RoleMapping> all();

    /** In an order that everybody keeps, and not ended while we look. */
    @Query("select " + COLUMNS
            + " from role_mappings where provider = :provider and ended_at is null order by id for share")
    List<RoleMapping> runningOf(String provider);

    @Query("select " + COLUMNS + " from role_mappings where provider = :provider order by id")
    List<RoleMapping> everOf(String provider);

    @Query("select " + COLUMNS + " from role_mappings where id = :id for update")
    Optional<RoleMapping> lock(long id);

    /** @return 0 when the same mapping runs already, else 1 */
    @Query("""
        insert into role_mappings (provider, claim, value, role, scope, days, from_date, to_date, written_at, written_by, reason)
        values (:provider, :claim, :value, :role, :scope, :days, :fromDate, :toDate, :now, :by, :reason)
        on conflict do nothing\
        """)
    long insertNew(
            String provider,
            String claim,
            String value,
            String role,
            String scope,
            int days,
            LocalDate fromDate,
            @Nullable LocalDate toDate,
            Instant now,
            long by,
            String reason);

    @Query("""
        select id from role_mappings where provider = :provider and claim = :claim and value = :value and role = :role
           and scope = :scope and ended_at is null\
        """)
    List<Long> running(String provider, String claim, String value, String role, String scope);

    @Query("update role_mappings set ended_at = :now, ended_by = :by, end_reason = :reason where id = :id")
    void end(long id, Instant now, long by, String reason);
}
