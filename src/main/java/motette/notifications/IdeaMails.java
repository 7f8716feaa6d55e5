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
            EventKind.GRANTED,
            EventKind.GRANTED_IN_PART,
            EventKind.NOT_GRANTED,
            EventKind.POSTPONED,
            EventKind.UNDONE);

    /** Until a person can choose a language, mails are written in the standard one. */
    private static final Locale LANGUAGE = Languages.standard();

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
            news.of(event.eventId())
                    .ifPresent(it -> outbox.post(
                            "idea-" + event.number() + "-event-" + event.eventId(),
                            it.email(),
                            subject(event.kind(), it),
                            body(event, it)));
        }
    }

    private String subject(EventKind kind, News it) {
        return say("notifications." + kind.key() + ".subject", it.title());
    }

    private String body(IdeaEvent event, News it) {
        var kind = event.kind().key();
        return Stream.of(
                        it.guest()
                                ? say("notifications.greeting.guest")
                                : say("notifications.greeting", it.pseudonym()),
                        say("notifications." + kind + ".what", it.title(), office(it), new Money(it.amountCents())),
                        reason(it),
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

    private String reason(News it) {
        return texts.find(LANGUAGE, "reason." + it.reasonKey())
                .map(reason -> say(
                        "notifications.reason",
                        reason,
                        texts.find(LANGUAGE, "reason." + it.reasonKey() + ".help")
                                .orElse("")))
                .orElse("");
    }

    private String office(News it) {
        if (it.office().isEmpty()) {
            return say("notifications.office");
        } else {
            return it.area() ? say("notifications.area", it.office()) : it.office();
        }
    }

    private String say(String key, Object... args) {
        return texts.get(LANGUAGE, key, args);
    }
}
