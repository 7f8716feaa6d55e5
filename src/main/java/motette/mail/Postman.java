package motette.mail;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox. Any number of copies may do so at once: a mail is claimed before it is sent, and a
 * claim that is never answered, because its copy died, ends by itself. The outbox is its own queue, so a scheduler with
 * tables of its own would only be a second place to look. In demo mode nothing leaves the house.
 */
@Context
@Requires(property = "motette.demo", value = "false")
class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final MailSettings settings;
    private final MailQueue queue;
    private final MailPaper paper;

    Postman(MailSettings settings, MailQueue queue, MailPaper paper) {
        this.settings = settings;
        this.queue = queue;
        this.paper = paper;
        if (!settings.canSend()) {
            LOG.warn("no mail server: mails wait in the outbox until MOTETTE_MAIL_HOST is set");
        } else if (settings.sender().isBlank()) {
            throw new ConfigurationException(
                    "MOTETTE_MAIL_HOST is '" + settings.host() + "' but MOTETTE_MAIL_SENDER is not set.");
        }
    }

    @Scheduled(fixedDelay = "${motette.mail.every:10s}", initialDelay = "${motette.mail.every:10s}")
    void deliver() {
        if (settings.canSend()) {
            List<WaitingMail> claimed;
            do {
                claimed = queue.claim();
                send(claimed);
            } while (claimed.size() == MailQueue.BATCH);
        }
    }

    private void send(List<WaitingMail> mails) {
        if (!mails.isEmpty()) {
            try (var line = MailLine.open(settings)) {
                mails.forEach(mail -> send(mail, line));
            } catch (MessagingException refused) {
                LOG.warn(
                        "mail server does not answer host={} port={} waiting={}: {}",
                        settings.host(),
                        settings.port(),
                        mails.size(),
                        refused.getMessage());
                mails.forEach(mail -> queue.putBack(mail, pause(mail.attempts())));
            }
        }
    }

    private void send(WaitingMail mail, MailLine line) {
        try {
            line.send(mail, paper.html(mail.subject(), mail.body()));
            queue.sent(mail);
        } catch (SendFailedException refused) {
            LOG.warn("mail refused id={} attempt={}: {}", mail.id(), mail.attempts(), refused.getMessage());
            queue.putBack(mail, pause(mail.attempts()));
        } catch (MessagingException broken) {
            LOG.warn("mail not sent id={} attempt={}: {}", mail.id(), mail.attempts(), broken.getMessage());
            queue.putBack(mail, pause(mail.attempts()));
        }
    }

    /** Doubles with every attempt, up to six hours. */
    static Duration pause(int attempts) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 12));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
