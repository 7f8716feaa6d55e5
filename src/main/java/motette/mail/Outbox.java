package motette.mail;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a deed leaves a mail: if the deed is rolled back, so is the mail. */
@Singleton
public class Outbox {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Outbox(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Writes a mail in the running transaction.
     *
     * @param topic what it tells of, as "idea-published:128"; a recipient gets one mail per topic
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void post(String topic, String recipient, String subject, String body) {
        write(topic, recipient, subject, body, null);
    }

    /** As {@link #post}, for a text that holds a secret: it is emptied once it is sent or the time is over, and not sent later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postSecret(String topic, String recipient, String subject, String body, Instant until) {
        write(topic, recipient, subject, body, until);
    }

    private void write(String topic, String recipient, String subject, String body, @Nullable Instant until) {
        jdbc.prepareStatement(
                "insert into mails (topic, recipient, subject, body, created_at, next_try_at, expires_at) "
                        + "values (?, ?, ?, ?, ?, ?, ?) "
                        + "on conflict (recipient, topic) do nothing",
                statement -> {
                    var now = Timestamp.from(clock.instant());
                    statement.setString(1, topic);
                    statement.setString(2, recipient);
                    statement.setString(3, subject);
                    statement.setString(4, body);
                    statement.setTimestamp(5, now);
                    statement.setTimestamp(6, now);
                    statement.setTimestamp(7, until == null ? null : Timestamp.from(until));
                    return statement.executeUpdate();
                });
    }
}
