package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import motette.audit.Audit;
import motette.mail.Outbox;
import motette.people.Persons;
import motette.shared.Texts;

/** Whatever changes about somebody's factors stands in the audit log, and they get a mail: if it was not them, they know. */
@Singleton
class FactorNotice {

    private final Persons people;
    private final Audit audit;
    private final Outbox outbox;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    FactorNotice(
            Persons people,
            Audit audit,
            Outbox outbox,
            Texts texts,
            Clock clock,
            @Value("${motette.base-url}") String home) {
        this.people = people;
        this.audit = audit;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** What happened; the key is the last word of the deed in the audit log and of the text in the mail. */
    enum Event {
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        PASSKEY_COPIED,
        APP_ADDED,
        APP_REMOVED,
        CODES_MADE,
        CODE_USED,
        TRIES_OVER,
        RESET;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param subject for the audit log, as "passkey:12" */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tell(long personId, Event event, String subject) {
        audit.record(personId, "second-factor." + event.key(), subject, "");
        mail(personId, event);
    }

    /** @param reason why somebody of the administration took all factors of this person away */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tellOfReset(long byPersonId, long personId, String reason) {
        audit.record(byPersonId, "second-factor." + Event.RESET.key(), "person:" + personId, reason);
        mail(personId, Event.RESET);
    }

    private void mail(long personId, Event event) {
        var now = clock.instant();
        people.find(personId)
                .filter(person -> person.email() != null)
                .ifPresent(person -> outbox.post(
                        "second-factor-" + event.key() + "-" + now.toEpochMilli(),
                        String.valueOf(person.email()),
                        texts.get(person.speaks(), "factors.mail.subject"),
                        texts.get(
                                person.speaks(),
                                "factors.mail.text",
                                texts.get(person.speaks(), "factors.mail." + event.key()),
                                texts.moment(person.speaks(), now),
                                home + "/me/second-factor")));
    }
}
