package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Languages;

/**
 * Wordings of an idea in other languages and in Leichte Sprache. Its author writes one, a coordinator of its area takes a second look
 * and publishes it; what a coordinator writes is public at once. Everybody reads who made it, and whether the idea has changed since.
 */
@Singleton
public class Translations {

    /** For SQL within a query over {@code ideas i}: the public wordings as {@link Reading} holds them. */
    static final String READINGS = """
        select array[t.language, t.title, t.description, t.made_by, t.helper,
                     (t.of_original <> md5(i.title || chr(10) || i.description))::text]
        from idea_translations t
        where t.idea_number = i.number and t.published_at is not null and t.ended_at is null order by t.language\
        """;

    private static final String ROWS = """
        select t.id, t.language, t.title, t.made_by, t.helper, t.published_at is null,
               t.of_original <> md5(i.title || chr(10) || i.description), coalesce(t.written_by, 0), t.description
        from idea_translations t join ideas i on i.number = t.idea_number
        where t.ended_at is null and t.idea_number = ? order by t.language, t.published_at nulls first\
        """;

    private final JdbcOperations jdbc;
    private final Story story;
    private final IdeaRights rights;
    private final SecondFactor secondFactor;
    private final Audit audit;
    private final Clock clock;

    Translations(
            JdbcOperations jdbc, Story story, IdeaRights rights, SecondFactor secondFactor, Audit audit, Clock clock) {
        this.jdbc = jdbc;
        this.story = story;
        this.rights = rights;
        this.secondFactor = secondFactor;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who somebody is to an idea. */
    enum Standing {
        AUTHOR,
        COORDINATOR,
        NOBODY
    }

    /**
     * One wording that stands.
     *
     * @param waits for a second look
     * @param stale whether the idea has changed since
     * @param mine  whether the reader wrote it
     */
    @Introspected
    record Row(
            long id,
            String language,
            String title,
            String description,
            String madeBy,
            String helper,
            boolean waits,
            boolean stale,
            boolean mine) {

        String name() {
            return Languages.ownName(Locale.forLanguageTag(language));
        }

        String direction() {
            return Languages.direction(language);
        }
    }

    /** A wording that waits for a second look; {@code direction} is that of its language. */
    @Introspected
    public record Waiting(long number, String title, String language, String name, String direction) {}

    @Transactional(readOnly = true)
    Standing standing(Visitor visitor, long authorId, String quarterKey) {
        if (rights.coordinates(visitor, quarterKey)) {
            return Standing.COORDINATOR;
        } else {
            return rights.owns(visitor, authorId) ? Standing.AUTHOR : Standing.NOBODY;
        }
    }

    @Connectable
    List<Row> of(long number, Visitor visitor) {
        return list(
                ROWS,
                statement -> statement.setLong(1, number),
                row -> new Row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(9),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6),
                        row.getBoolean(7),
                        visitor.isSignedIn() && row.getLong(8) == visitor.personId()));
    }

    /** What waits for a coordinator of these areas, the oldest first, at most fifty. */
    @Transactional(readOnly = true)
    public List<Waiting> waiting(List<String> areas) {
        return list(
                """
                select t.idea_number, t.title, t.language from idea_translations t join ideas i on i.number = t.idea_number
                where t.published_at is null and t.ended_at is null
                  and exists (select from area_quarters a where a.quarter_key = i.quarter_key and a.area_key = any (?))
                order by t.id limit 50\
                """,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", areas.toArray())),
                row -> new Waiting(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        Languages.ownName(Locale.forLanguageTag(row.getString(3))),
                        Languages.direction(row.getString(3))));
    }

    /**
     * Writes a wording; it ends the one of the same language that stood in the same place before, public or waiting.
     *
     * @return empty when there is no such idea, or it is neither theirs nor of their area
     */
    @Transactional
    Optional<Standing> write(long number, Visitor visitor, TranslationForm form) {
        return story.lock(number).flatMap(idea -> {
            var standing = standing(visitor, idea.authorId(), idea.quarterKey());
            if (standing == Standing.NOBODY) {
                return Optional.empty();
            } else {
                boolean open = standing == Standing.COORDINATOR;
                if (open) {
                    secondFactor.demand(visitor);
                }
                end(number, form.language(), open);
                insert(number, visitor, form, open);
                audit.record(
                        visitor.personId(),
                        open ? "idea.translation" : "idea.translation-offer",
                        "idea:" + number,
                        form.language());
                return Optional.of(standing);
            }
        });
    }

    /** Publishes what waited; it ends the public wording before it. False when it does not wait, or is not of their area. */
    @Transactional
    boolean publish(long number, long id, Visitor visitor) {
        return coordinates(number, visitor)
                && list(
                                "select language from idea_translations where id = ? and idea_number = ?"
                                        + " and published_at is null and ended_at is null",
                                statement -> {
                                    statement.setLong(1, id);
                                    statement.setLong(2, number);
                                },
                                row -> row.getString(1))
                        .stream()
                        .anyMatch(language -> {
                            secondFactor.demand(visitor);
                            end(number, language, true);
                            audit.record(visitor.personId(), "idea.translation", "idea:" + number, language);
                            return update(
                                            "update idea_translations set published_by = ?, published_at = ? where id"
                                                    + " = ?",
                                            statement -> {
                                                statement.setLong(1, visitor.personId());
                                                statement.setTimestamp(2, now());
                                                statement.setLong(3, id);
                                            })
                                    == 1;
                        });
    }

    /** Takes a wording away: a coordinator of the area any, everybody their own. False when there is none that is theirs. */
    @Transactional
    boolean withdraw(long number, long id, Visitor visitor) {
        boolean any = coordinates(number, visitor);
        boolean done = visitor.isSignedIn()
                && update(
                                "update idea_translations set ended_at = ? where id = ? and idea_number = ? and"
                                        + " ended_at is null and (? or written_by = ?)",
                                statement -> {
                                    statement.setTimestamp(1, now());
                                    statement.setLong(2, id);
                                    statement.setLong(3, number);
                                    statement.setBoolean(4, any);
                                    statement.setLong(5, visitor.personId());
                                })
                        == 1;
        if (done) {
            audit.record(visitor.personId(), "idea.translation-withdrawal", "idea:" + number, "");
        }
        return done;
    }

    private boolean coordinates(long number, Visitor visitor) {
        return story.lock(number)
                .filter(idea -> standing(visitor, idea.authorId(), idea.quarterKey()) == Standing.COORDINATOR)
                .isPresent();
    }

    private void end(long number, String language, boolean open) {
        update(
                "update idea_translations set ended_at = ? where idea_number = ? and language = ? and ended_at is null"
                        + " and (published_at is not null) = ?",
                statement -> {
                    statement.setTimestamp(1, now());
                    statement.setLong(2, number);
                    statement.setString(3, language);
                    statement.setBoolean(4, open);
                });
    }

    private void insert(long number, Visitor visitor, TranslationForm form, boolean open) {
        update(
                "insert into idea_translations (idea_number, language, title, description, made_by, helper,"
                    + " of_original, written_by, written_at, published_by, published_at) select number, ?, ?, ?, ?, ?,"
                    + " md5(title || chr(10) || description), ?, ?, ?, ? from ideas where number = ?",
                statement -> {
                    statement.setString(1, form.language());
                    statement.setString(2, form.title());
                    statement.setString(3, form.description());
                    statement.setString(4, open ? form.madeBy() : "author");
                    statement.setString(5, open ? form.namedHelper() : "");
                    statement.setLong(6, visitor.personId());
                    statement.setTimestamp(7, now());
                    statement.setObject(8, open ? visitor.personId() : null, java.sql.Types.BIGINT);
                    statement.setTimestamp(9, open ? now() : null);
                    statement.setLong(10, number);
                });
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private interface Fill {
        void into(PreparedStatement statement) throws SQLException;
    }

    private interface Read<T> {
        T of(ResultSet row) throws SQLException;
    }

    private int update(String sql, Fill fill) {
        return jdbc.prepareStatement(sql, statement -> {
            fill.into(statement);
            return statement.executeUpdate();
        });
    }

    private <T> List<T> list(String sql, Fill fill, Read<T> read) {
        return jdbc.prepareStatement(sql, statement -> {
            fill.into(statement);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(read.of(rows));
                }
                return found;
            }
        });
    }
}
