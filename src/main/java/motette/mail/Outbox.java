package motette.mail;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
        write(topic, recipient, subject, body, null, false, "");
    }

    /** As {@link #post}, for a text that holds a secret: it is emptied once it is sent or the time is over, and not sent later. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postSecret(String topic, String recipient, String subject, String body, Instant until) {
        write(topic, recipient, subject, body, until, false, "");
    }

    /** As {@link #post}, for a mail of which nothing is to stay: its row is deleted once it is sent or the time is over. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postOnce(String topic, String recipient, String subject, String body, Instant until) {
        write(topic, recipient, subject, body, until, true, "");
    }

    /**
     * As {@link #post}, for a mail that answers no deed of the recipient.
     *
     * @param unsubscribe address that ends such mails when it is posted to, without a sign-in (RFC 8058)
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postNews(String topic, String recipient, String subject, String body, String unsubscribe) {
        write(topic, recipient, subject, body, null, false, unsubscribe);
    }

    /** @param unsubscribe as in {@link #postNews}; empty where the mail answers a deed of the recipient */
    public record Letter(String recipient, String subject, String body, String unsubscribe) {}

    /** As {@link #post} or {@link #postNews}, to many in one statement: whoever waits for the deed waits for one, not for thousands. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void postAll(String topic, List<Letter> letters) {
        jdbc.prepareStatement("""
            insert into mails (topic, recipient, subject, body, created_at, next_try_at, once, unsubscribe)
            select ?, l.recipient, l.subject, l.body, ?, ?, false, l.unsubscribe
              from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as l (recipient, subject, body, unsubscribe)
            on conflict (recipient, topic) do nothing\
            """, statement -> {
            var now = Timestamp.from(clock.instant());
            statement.setString(1, topic);
            statement.setTimestamp(2, now);
            statement.setTimestamp(3, now);
            statement.setObject(4, column(letters, Letter::recipient));
            statement.setObject(5, column(letters, Letter::subject));
            statement.setObject(6, column(letters, Letter::body));
            statement.setObject(7, column(letters, Letter::unsubscribe));
            return statement.executeUpdate();
        });
    }

    private static String[] column(List<Letter> letters, Function<Letter, String> what) {
        return letters.stream().map(what).toArray(String[]::new);
    }

    private void write(
            String topic,
            String recipient,
            String subject,
            String body,
            @Nullable Instant until,
            boolean once,
            String unsubscribe) {
        jdbc.prepareStatement(
                "insert into mails (topic, recipient, subject, body, created_at, next_try_at, expires_at,"
                        + " once, unsubscribe) values (?, ?, ?, ?, ?, ?, ?, ?, ?) "
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
                    statement.setBoolean(8, once);
                    statement.setString(9, unsubscribe);
                    return statement.executeUpdate();
                });
    }
}
