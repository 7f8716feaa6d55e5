package motette.statements;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import motette.mail.Outbox;
import motette.shared.Texts;

/** Writes to offices what they are asked, to whoever asked what came of it, and to authors, each in their language. */
@Singleton
class StatementMails {

    private final Outbox outbox;
    private final Offices offices;
    private final Texts texts;
    private final Clock clock;
    private final String home;

    StatementMails(
            Outbox outbox, Offices offices, Texts texts, Clock clock, @Value("${motette.base-url}") String home) {
        this.outbox = outbox;
        this.offices = offices;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    /** To whoever works for the office; where nobody does, back to who asked. */
    @Transactional(propagation = Propagation.MANDATORY)
    void asked(long requestId, String officeKey, String officeName, Matter matter, LocalDate due, long askedBy) {
        toOffice("asked", requestId, officeKey, officeName, matter, due, askedBy);
    }

    /** @param kind soon or overdue */
    @Transactional(propagation = Propagation.MANDATORY)
    void remind(String kind, Request request, Matter matter) {
        toOffice(
                kind,
                request.id(),
                request.officeKey(),
                request.officeName(),
                matter,
                request.due(),
                request.askedBy());
    }

    private void toOffice(
            String what,
            long requestId,
            String officeKey,
            String officeName,
            Matter matter,
            LocalDate due,
            long askedBy) {
        var working = offices.readers(officeKey, clock.instant());
        var readers = working.isEmpty() ? offices.reader(askedBy).stream().toList() : working;
        post(
                "statement-" + what + "-" + requestId,
                readers,
                language -> texts.get(language, "statements.mail." + what + ".subject", matter.title()),
                language -> texts.get(
                        language,
                        "statements.mail." + what,
                        matter.title(),
                        officeName,
                        due,
                        home + "/statements/requests/" + requestId));
    }

    /** To whoever asked: an office gave it back. */
    @Transactional(propagation = Propagation.MANDATORY)
    void returned(Request request, Matter matter, String comment) {
        post(
                "statement-returned-" + request.id(),
                offices.reader(request.askedBy()).stream().toList(),
                language -> texts.get(language, "statements.mail.returned.subject", matter.title()),
                language -> texts.get(
                        language,
                        "statements.mail.returned",
                        matter.title(),
                        request.officeName(),
                        comment,
                        home + matter.subject().path()));
    }

    /** To the author: all offices have answered. */
    @Transactional(propagation = Propagation.MANDATORY)
    void given(long lastRequest, Matter matter, LocalDate until, boolean canAppeal) {
        post(
                "statement-given-" + lastRequest,
                offices.reader(matter.authorId()).stream().toList(),
                language -> texts.get(language, "statements.mail.given.subject", matter.title()),
                language -> texts.get(
                        language,
                        canAppeal ? "statements.mail.given" : "statements.mail.given-again",
                        matter.title(),
                        home + matter.subject().path(),
                        until));
    }

    /** To the author: what came of their appeal. */
    @Transactional(propagation = Propagation.MANDATORY)
    void decided(long fileId, Matter matter, String outcome, String reason) {
        post(
                "statement-appeal-" + fileId,
                offices.reader(matter.authorId()).stream().toList(),
                language -> texts.get(language, "statements.mail.appeal.subject", matter.title()),
                language -> texts.get(
                        language,
                        "statements.mail.appeal-" + outcome,
                        matter.title(),
                        reason,
                        home + matter.subject().path()));
    }

    private void post(
            String topic,
            List<Offices.Reader> readers,
            Function<Locale, String> subject,
            Function<Locale, String> body) {
        if (!readers.isEmpty()) {
            outbox.postAll(
                    topic,
                    readers.stream()
                            .map(reader -> new Outbox.Letter(
                                    reader.email(),
                                    subject.apply(reader.language()),
                                    body.apply(reader.language()),
                                    ""))
                            .toList());
        }
    }
}
