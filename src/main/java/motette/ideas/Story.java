package motette.ideas;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The story of ideas, append-only: what upper storeys decide becomes a line here, and the idea's state and public timeline
 * follow from it. Every method runs inside the transaction of the deed.
 */
@Singleton
public class Story {

    private final JdbcOperations jdbc;
    private final Clock clock;
    private final ApplicationEventPublisher<IdeaEvent> announcements;

    Story(JdbcOperations jdbc, Clock clock, ApplicationEventPublisher<IdeaEvent> announcements) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.announcements = announcements;
    }

    /** Reads the idea and locks its row until the transaction ends, so that deeds on one idea follow each other; neighbours support it meanwhile. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<IdeaFacts> lock(long number) {
        return jdbc.prepareStatement(
                "select number, author_id, title, state, quarter_key, community_key, body_key, lon, lat, cost_cents "
                        + "from ideas where number = ? for no key update",
                statement -> {
                    statement.setLong(1, number);
                    try (var row = statement.executeQuery()) {
                        return row.next()
                                ? Optional.of(new IdeaFacts(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getString(7),
                                        row.getDouble(8),
                                        row.getDouble(9),
                                        row.getObject(10, Long.class)))
                                : Optional.empty();
                    }
                });
    }

    /**
     * Adds a line and announces it.
     *
     * @param office      in whose name: a body or area key; empty for the author
     * @param reasonKey   category of the reason, a key of {@code reason.*} texts; empty where none is needed
     * @param note        the reason in words, public
     * @param amountCents granted money in euro cents; null unless granted
     * @return id of the line
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long tell(
            long number,
            EventKind kind,
            long personId,
            String office,
            String reasonKey,
            String note,
            @Nullable Long amountCents) {
        return insert(number, kind, personId, office, reasonKey, note, amountCents, null);
    }

    /** Takes back a line; it stays readable. The state becomes what the rest of the story says. */
    @Transactional(propagation = Propagation.MANDATORY)
    public long takeBack(long number, long eventId, long personId, String office) {
        return insert(number, EventKind.UNDONE, personId, office, "", "", null, eventId);
    }

    /** Moves the idea to another place: the one correction of a fact that others decide on. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(
            long number,
            double lon,
            double lat,
            String quarterKey,
            @Nullable String communityKey,
            String bodyKey,
            boolean exact) {
        jdbc.prepareStatement(
                "update ideas set lon = ?, lat = ?, quarter_key = ?, community_key = ?, body_key = ?, exact_place = ?"
                        + " where number = ?",
                statement -> {
                    statement.setDouble(1, lon);
                    statement.setDouble(2, lat);
                    statement.setString(3, quarterKey);
                    statement.setString(4, communityKey);
                    statement.setString(5, bodyKey);
                    statement.setBoolean(6, exact);
                    statement.setLong(7, number);
                    return statement.executeUpdate();
                });
    }

    private long insert(
            long number,
            EventKind kind,
            long personId,
            String office,
            String reasonKey,
            String note,
            @Nullable Long amountCents,
            @Nullable Long undoes) {
        long id = jdbc.prepareStatement(
                "insert into idea_events (idea_number, kind, at, person_id, office, reason_key, note, amount_cents,"
                        + " undoes) values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
                statement -> {
                    statement.setLong(1, number);
                    statement.setString(2, kind.key());
                    statement.setTimestamp(3, Timestamp.from(clock.instant()));
                    setLong(statement, 4, personId == 0 ? null : personId);
                    statement.setString(5, office);
                    statement.setString(6, reasonKey);
                    statement.setString(7, note);
                    setLong(statement, 8, amountCents);
                    setLong(statement, 9, undoes);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
        announcements.publishEvent(new IdeaEvent(id, number, kind));
        return id;
    }

    private static void setLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }
}
