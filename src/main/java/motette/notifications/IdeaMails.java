package motette.notifications;

import io.micronaut.context.annotation.Value;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.ideas.EventKind;
import motette.ideas.IdeaEvent;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Money;
import motette.shared.Texts;

/** Tells the author what became of the idea: the mail is written in the transaction of the decision it tells of. */
@Singleton
class IdeaMails {

    private static final Set<EventKind> TOLD = Set.of(
            EventKind.PUBLISHED,
            EventKind.RETURNED,
            EventKind.DECLINED,
            EventKind.ON_BALLOT,
            EventKind.RECOMMENDED,
            EventKind.GRANTED,
            EventKind.GRANTED_IN_PART,
            EventKind.NOT_GRANTED,
            EventKind.POSTPONED,
            EventKind.UNDONE);

    private final NewsRepository news;
    private final Outbox outbox;
    private final Texts texts;
    private final String home;

    IdeaMails(NewsRepository news, Outbox outbox, Texts texts, @Value("${motette.base-url}") String home) {
        this.news = news;
        this.outbox = outbox;
        this.texts = texts;
        this.home = home.replaceFirst("/+$", "");
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void tell(IdeaEvent event) {
        if (TOLD.contains(event.kind())) {
            news.of(event.eventId()).ifPresent(it -> {
                var letter = new Letter(event, it);
                outbox.post(
                        "idea-" + event.number() + "-event-" + event.eventId(),
                        it.email(),
                        letter.subject(),
                        letter.body());
            });
        }
    }

    /** What one author reads, in the author's language. */
    private final class Letter {

        private final IdeaEvent event;
        private final News it;
        private final Locale language;

        Letter(IdeaEvent event, News it) {
            this.event = event;
            this.it = it;
            this.language = Languages.find(it.language()).orElse(Languages.standard());
        }

        String subject() {
            return say("notifications." + event.kind().key() + ".subject", it.title());
        }

        String body() {
            var kind = event.kind().key();
            return Stream.of(
                            it.guest()
                                    ? say("notifications.greeting.guest")
                                    : say("notifications.greeting", it.pseudonym()),
                            say("notifications." + kind + ".what", it.title(), office(), new Money(it.amountCents())),
                            reason(),
                            it.note().isBlank()
                                    ? ""
                                    : say("notifications.note", it.note().strip()),
                            say("notifications." + kind + ".next"),
                            it.guest() && !it.open()
                                    ? say("notifications.look-up", home + "/ideas/lookup")
                                    : say("notifications.link", home + "/ideas/" + event.number()),
                            say("notifications.close"))
                    .filter(paragraph -> !paragraph.isEmpty())
                    .collect(Collectors.joining("\n\n"));
        }

        private String reason() {
            return texts.find(language, "reason." + it.reasonKey())
                    .map(reason -> say(
                            "notifications.reason",
                            reason,
                            texts.find(language, "reason." + it.reasonKey() + ".help")
                                    .orElse("")))
                    .orElse("");
        }

        private String office() {
            if (it.office().isEmpty()) {
                return say("notifications.office");
            } else {
                return it.area() ? say("notifications.area", it.office()) : it.office();
            }
        }

        private String say(String key, Object... args) {
            return texts.get(language, key, args);
        }
    }
}
