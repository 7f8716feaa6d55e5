package motette.town;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the outbox, which nobody empties in demo mode. */
@Singleton
@Requires(property = "motette.demo", value = "true")
class Mailbox {

    private final JdbcOperations jdbc;
    private final String home;

    Mailbox(JdbcOperations jdbc, @Value("${motette.base-url}") String home) {
        this.jdbc = jdbc;
        this.home = home.replaceFirst("/+$", "");
    }

    @Transactional(readOnly = true)
    public List<MailboxPage.Mail> newest() {
        return jdbc.prepareStatement(
                "select id, recipient, subject, created_at from mails order by id desc limit 50", statement -> {
                    var mails = new ArrayList<MailboxPage.Mail>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            mails.add(new MailboxPage.Mail(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getTimestamp(4).toInstant()));
                        }
                    }
                    return mails;
                });
    }

    @Transactional(readOnly = true)
    public Optional<MailPage> find(long id) {
        return jdbc.prepareStatement(
                "select recipient, subject, created_at, body from mails where id = ?", statement -> {
                    statement.setLong(1, id);
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(new MailPage(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getTimestamp(3).toInstant(),
                                        MailPage.pieces(row.getString(4), home)))
                                : Optional.empty();
                    }
                });
    }
}
