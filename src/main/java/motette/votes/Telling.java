package motette.votes;

import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import motette.mail.Outbox;
import motette.shared.Languages;
import motette.shared.Sql;
import motette.shared.Texts;
import motette.shared.Time;

/**
 * Writes to people about a round, in the transaction of the deed it is about. What somebody ticked nobody knows; so everybody hears
 * who voted with an account. The round waits meanwhile, so it is one statement, however many they are.
 */
@Singleton
class Telling {

    private final Sql sql;
    private final Outbox outbox;
    private final Texts texts;
    private final String home;
    private final Clock clock;

    Telling(Sql sql, Outbox outbox, Texts texts, Clock clock, @Value("${motette.base-url}") String home) {
        this.sql = sql;
        this.outbox = outbox;
        this.texts = texts;
        this.clock = clock;
        this.home = home.replaceFirst("/+$", "");
    }

    private record Reader(String email, String pseudonym, Locale language) {}

    /**
     * The list changed: whoever voted may choose anew.
     *
     * @param topic of this deed alone: nobody gets two mails about it
     * @param what  version or withdrawal
     */
    @Transactional(propagation = Propagation.MANDATORY)
    void voters(Round round, String topic, String what, String title, String reason) {
        var readers = sql.list(
                "select p.email, p.pseudonym, p.language from vote_roll v join persons p on p.id = v.person_id"
                        + " where v.round_id = ? and p.email is not null and p.erased_at is null order by p.id",
                row -> new Reader(row.getString(1), row.getString(2), language(row.getString(3))),
                round.id());
        write(
                readers,
                topic,
                language -> texts.get(language, "votes.desk.mail." + what + ".subject", title),
                language -> List.of(
                        texts.get(language, "votes.desk.mail." + what + ".what", title, round.title(), reason),
                        texts.get(
                                language,
                                "votes.desk.mail.anew",
                                LocalDateTime.ofInstant(round.closesAt(), Time.ZONE),
                                home + "/votes/" + round.slug())));
    }

    /** Those who keep the desk: something waits for them there. */
    @Transactional(propagation = Propagation.MANDATORY)
    void administrators(Round round, String topic, String what) {
        var readers = sql.list(
                "select distinct p.id, p.email, p.pseudonym, p.language from roles r join persons p on p.id ="
                        + " r.person_id where r.name = 'administrator' and r.begins_at <= ? and r.acts_until > ? and"
                        + " p.email is not null and p.erased_at is null order by p.id",
                row -> new Reader(row.getString(2), row.getString(3), language(row.getString(4))),
                clock.instant(),
                clock.instant());
        write(
                readers,
                topic,
                language -> texts.get(language, "votes.desk.mail." + what + ".subject", round.title()),
                language -> List.of(texts.get(
                        language,
                        "votes.desk.mail." + what + ".what",
                        round.title(),
                        home + "/votes/desk/" + round.id())));
    }

    private void write(
            List<Reader> readers,
            String topic,
            Function<Locale, String> subject,
            Function<Locale, List<String>> paragraphs) {
        var said = new HashMap<Locale, Said>();
        outbox.postAll(
                topic,
                readers.stream()
                        .map(reader -> {
                            var it = said.computeIfAbsent(
                                    reader.language(),
                                    language -> new Said(
                                            subject.apply(language),
                                            String.join("\n\n", paragraphs.apply(language)),
                                            texts.get(language, "notifications.close")));
                            var greeting = texts.get(reader.language(), "notifications.greeting", reader.pseudonym());
                            return new Outbox.Letter(
                                    reader.email(),
                                    it.subject(),
                                    greeting + "\n\n" + it.text() + "\n\n" + it.close(),
                                    "");
                        })
                        .toList());
    }

    /** The same for everybody who reads a language. */
    private record Said(String subject, String text, String close) {}

    private static Locale language(String tag) {
        return Languages.find(tag).orElse(Languages.standard());
    }
}
