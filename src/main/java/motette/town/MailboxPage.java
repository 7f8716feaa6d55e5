package motette.town;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;

/** The newest mails of the demo city. */
@Introspected
record MailboxPage(List<Mail> mails) {

    @Introspected
    record Mail(long id, String recipient, String subject, Instant at) {}
}
