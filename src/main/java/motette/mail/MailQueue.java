package motette.mail;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The outbox seen from the sender's side. */
@Singleton
class MailQueue {

    static final int BATCH = 10;

    /** Longer than sending a batch can take, timeouts included; then another copy may try. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    /** After about two days nobody answers any more; the mail stays in the table for the operator. */
    private static final int MOST_ATTEMPTS = 18;

    private final JdbcOperations jdbc;
    private final Clock clock;

    MailQueue(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Takes the next mails for this copy alone; the claim is committed before anything is sent. */
    @Transactional
    public List<WaitingMail> claim() {
        return jdbc.prepareStatement("""
            update mails set attempts = attempts + 1, next_try_at = ?
            where id in (select id from mails where sent_at is null and next_try_at <= ? and attempts < ?
                           and (expires_at is null or expires_at > ?)
                         order by next_try_at, id limit ? for update skip locked)
            returning id, recipient, subject, body, unsubscribe, attempts\
            """, statement -> {
            var now = clock.instant();
            statement.setTimestamp(1, Timestamp.from(now.plus(CLAIM)));
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setInt(3, MOST_ATTEMPTS);
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setInt(5, BATCH);
            var claimed = new ArrayList<WaitingMail>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(new WaitingMail(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getInt(6)));
                }
            }
            return List.copyOf(claimed);
        });
    }

    /** Of a mail that held a secret the text goes now, of one of which nothing is to stay everything. */
    @Transactional
    public void sent(WaitingMail mail) {
        set(
                "update mails set sent_at = ?, body = case when expires_at is null then body else '' end where id = ?"
                        + " and sent_at is null",
                mail,
                Duration.ZERO);
        jdbc.prepareStatement("delete from mails where id = ? and once", statement -> {
            statement.setLong(1, mail.id());
            return statement.executeUpdate();
        });
    }

    @Transactional
    public void putBack(WaitingMail mail, Duration pause) {
        set("update mails set next_try_at = ? where id = ? and sent_at is null", mail, pause);
    }

    private void set(String sql, WaitingMail mail, Duration later) {
        jdbc.prepareStatement(sql, statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant().plus(later)));
            statement.setLong(2, mail.id());
            return statement.executeUpdate();
        });
    }
}
