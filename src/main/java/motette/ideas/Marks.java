package motette.ideas;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import motette.limits.Suspicion;
import motette.people.Visitor;

/**
 * Notes for the coordinator why an idea looks odd. Every idea is read by a person before others see it; a mark only says where to
 * look, and refuses nothing.
 */
@Singleton
class Marks {

    /** Four steps of writing take longer than this. */
    static final Duration WRITING_TAKES = Duration.ofSeconds(20);

    private static final Pattern LINK = Pattern.compile(
            "(?:https?://|www\\.)\\S+|\\b[a-z0-9-]{2,63}\\.(?:com|net|org|info|biz|shop|xyz|top|online|site|ru|cn)\\b",
            Pattern.CASE_INSENSITIVE);

    private final JdbcOperations jdbc;
    private final Clock clock;
    private final List<Pattern> words;
    private final int links;
    private final int flood;
    private final Duration floodWithin;

    Marks(
            JdbcOperations jdbc,
            Clock clock,
            @Value("${motette.marks.words}") List<String> words,
            @Value("${motette.marks.links}") int links,
            @Value("${motette.marks.flood}") int flood,
            @Value("${motette.marks.flood-within}") Duration floodWithin) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.words = words.stream()
                .filter(word -> !word.isBlank())
                .map(word -> Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(word.strip()) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
                .toList();
        this.links = links;
        this.flood = flood;
        this.floodWithin = floodWithin;
    }

    /** What can be odd about an idea; the key is the word in the database and of the texts {@code mark.<key>}. */
    enum Mark {
        LINKS,
        FLOOD,
        TOO_FAST,
        HONEYPOT,
        WORDS;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Within the transaction that hands the idea in. A revision adds to the marks of the idea. */
    @Transactional(propagation = Propagation.MANDATORY)
    void note(long number, String title, String text, Visitor author, Set<Suspicion> suspicions) {
        var marks = EnumSet.noneOf(Mark.class);
        var whole = title + "\n" + text;
        if (LINK.matcher(whole).results().count() >= links && isNew(author)) {
            marks.add(Mark.LINKS);
        }
        if (words.stream().anyMatch(word -> word.matcher(whole).find())) {
            marks.add(Mark.WORDS);
        }
        if (ideasOf(author) > flood) {
            marks.add(Mark.FLOOD);
        }
        suspicions.forEach(suspicion -> marks.add(
                switch (suspicion) {
                    case HONEYPOT -> Mark.HONEYPOT;
                    case TOO_FAST -> Mark.TOO_FAST;
                }));
        marks.forEach(mark -> keep(number, mark));
    }

    /** Nobody has published an idea of theirs yet. */
    private boolean isNew(Visitor author) {
        return jdbc.prepareStatement(
                "select exists (select from ideas where author_id = ? and published_at is not null)", statement -> {
                    statement.setLong(1, author.personId());
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return !row.getBoolean(1);
                    }
                });
    }

    private int ideasOf(Visitor author) {
        return jdbc.prepareStatement(
                "select count(*) from ideas where author_id = ? and handed_in_at > ?", statement -> {
                    statement.setLong(1, author.personId());
                    statement.setTimestamp(2, Timestamp.from(clock.instant().minus(floodWithin)));
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    private void keep(long number, Mark mark) {
        jdbc.prepareStatement(
                "insert into idea_marks (idea_number, kind, at) values (?, ?, ?) on conflict do nothing", statement -> {
                    statement.setLong(1, number);
                    statement.setString(2, mark.key());
                    statement.setTimestamp(3, Timestamp.from(clock.instant()));
                    return statement.executeUpdate();
                });
    }
}
