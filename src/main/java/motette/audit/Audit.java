package motette.audit;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;

/** The log of deeds. Rows carry ids only: no names, no texts of people, no votes. */
@Singleton
public class Audit {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Audit(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes one row in the running transaction; there must be one.
     *
     * @param personId who did it; 0 for the application itself
     * @param deed     what was done, as "idea.publication"
     * @param subject  to what, as "idea:128"
     * @param reason   why, in the words of whoever did it, or empty
     */
    @Transactional(propagation = io.micronaut.transaction.TransactionDefinition.Propagation.MANDATORY)
    public void record(long personId, String deed, String subject, String reason) {
        jdbc.prepareStatement(
                "insert into audit_entries (at, person_id, deed, subject, reason) values (?, ?, ?, ?, ?)",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant()));
                    if (personId == 0) {
                        statement.setNull(2, Types.BIGINT);
                    } else {
                        statement.setLong(2, personId);
                    }
                    statement.setString(3, deed);
                    statement.setString(4, subject);
                    statement.setString(5, reason);
                    return statement.executeUpdate();
                });
    }
}
