package motette.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;

/**
 * The log of deeds. Rows carry ids only: no names, no texts of residents, no votes. Writing one waits for nobody: sealing the rows
 * against later changes is the work of a job ({@link Sealing}).
 */
@Singleton
public class Audit {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Audit(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes one row in the running transaction; there must be one. Deeds of an office say so with {@link #record(Deed)}.
     *
     * @param personId who did it; 0 for the application itself
     * @param deed     what was done, as "idea.publication"
     * @param subject  to what, as "idea:128"
     * @param reason   why, in the words of whoever did it, or empty
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(long personId, String deed, String subject, String reason) {
        record(Deed.of(deed, subject).by(personId, "").because(reason));
    }

    /** Writes one row in the running transaction; there must be one. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Deed deed) {
        jdbc.prepareStatement(
                "insert into audit_entries (at, person_id, office, deed, subject, reason, details)"
                        + " values (?, ?, ?, ?, ?, ?, ?::jsonb)",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant()));
                    if (deed.personId() == 0) {
                        statement.setNull(2, Types.BIGINT);
                    } else {
                        statement.setLong(2, deed.personId());
                    }
                    statement.setString(3, deed.office());
                    statement.setString(4, deed.name());
                    statement.setString(5, deed.subject());
                    statement.setString(6, deed.reason());
                    statement.setString(7, Canonical.text(deed.details()));
                    return statement.executeUpdate();
                });
    }
}
