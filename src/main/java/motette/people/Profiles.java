package motette.people;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.shared.Languages;
import motette.shared.Problems;
import motette.shared.Refused;
import motette.shared.Texts;
import org.jspecify.annotations.Nullable;

/** What somebody says about themselves: the name that the public reads, and where they say they live. */
@Singleton
public class Profiles {

    public static final String PSEUDONYM = "pseudonym";

    private static final int SHORTEST = 2;
    private static final int LONGEST = 60;

    /** Line breaks, and signs that turn the direction of what follows or cannot be seen. */
    private static final String UNPRINTABLE = "[\\p{Cc}\\u200B\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]";

    private final PersonRepository people;
    private final Blocks blocks;
    private final JdbcOperations jdbc;
    private final Audit audit;
    private final Texts texts;
    private final Clock clock;

    Profiles(PersonRepository people, Blocks blocks, JdbcOperations jdbc, Audit audit, Texts texts, Clock clock) {
        this.blocks = blocks;
        this.people = people;
        this.jdbc = jdbc;
        this.audit = audit;
        this.texts = texts;
        this.clock = clock;
    }

    public Optional<Person> find(long personId) {
        return people.findById(personId);
    }

    /** What is wrong with a pseudonym as typed. */
    public Problems problems(String typed) {
        var pseudonym = clean(typed);
        var length = pseudonym.codePointCount(0, pseudonym.length());
        var problems = Problems.none();
        if (length < SHORTEST) {
            problems.add(PSEUDONYM, "me.pseudonym.short", SHORTEST);
        } else if (length > LONGEST) {
            problems.add(PSEUDONYM, "me.pseudonym.long", LONGEST, length);
        } else if (pseudonym.contains("@")) {
            problems.add(PSEUDONYM, "me.pseudonym.address");
        }
        return problems;
    }

    /**
     * Somebody without a device, entered by a coordinator: a person with a pseudonym and without an address to write to.
     *
     * @return the id of the person
     */
    @Transactional
    public long enterWithoutAddress(long coordinatorId, Locale language) {
        long id = jdbc.prepareStatement(
                "insert into persons (pseudonym, created_at) values (?, ?) returning id", statement -> {
                    statement.setString(1, clean(texts.get(language, "people.newcomer", "")));
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
        people.rename(id, clean(texts.get(language, "people.newcomer", String.valueOf(id))));
        audit.record(coordinatorId, "person.entry", "person:" + id, "");
        return id;
    }

    /** From now on the public reads this name, also beside older ideas. The audit does not keep names. */
    @Transactional
    public void rename(Visitor visitor, String typed) {
        blocks.refusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        long personId = visitor.personId();
        if (!problems(typed).isEmpty()) {
            throw new IllegalArgumentException("A pseudonym of person " + personId + " that has problems");
        }
        people.rename(personId, clean(typed));
        audit.record(personId, "person.renaming", "person:" + personId, "");
    }

    /**
     * Where somebody says they live; a claim, no proof.
     *
     * @param quarterKey null when they would rather not say
     */
    @Transactional
    public void live(long personId, @Nullable String quarterKey) {
        jdbc.prepareStatement("update persons set home_quarter = ? where id = ?", statement -> {
            statement.setObject(1, quarterKey, Types.VARCHAR);
            statement.setLong(2, personId);
            return statement.executeUpdate();
        });
        audit.record(personId, "person.place", "person:" + personId, "");
    }

    /** The language that mails to somebody are written in from now on. */
    @Transactional
    public void speak(long personId, Locale language) {
        people.speak(personId, Languages.tag(language));
        audit.record(personId, "person.language", "person:" + personId, "");
    }

    static String clean(String typed) {
        return typed.replaceAll(UNPRINTABLE, " ").replaceAll("\\s+", " ").strip();
    }
}
