package motette.ideas;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import motette.people.Blocks;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * Support of neighbours: one per person and idea, which the primary key guarantees; given and taken back until there is a
 * decision; counted from its rows. Both deeds may be repeated without harm.
 */
@Singleton
class Supports {

    /** For SQL over {@code ideas}: no coordinator has closed it. */
    private static final String OPEN =
            " and not exists (select from idea_closings c where c.idea_number = number and c.ended_at is null)";

    private final JdbcOperations jdbc;
    private final Blocks blocks;
    private final Clock clock;

    Supports(JdbcOperations jdbc, Blocks blocks, Clock clock) {
        this.jdbc = jdbc;
        this.blocks = blocks;
        this.clock = clock;
    }

    /** Empty when the idea is supported now; a refusal when it no longer takes support. One statement, so one transaction. */
    @Connectable
    Optional<Refusal> give(long number, Visitor visitor) {
        return blocks.refusal(visitor).or(() -> insert(number, visitor));
    }

    private Optional<Refusal> insert(long number, Visitor visitor) {
        int given = jdbc.prepareStatement(
                "insert into supports (idea_number, person_id, at) select number, ?, ? from ideas "
                        + "where number = ? and state in ('published', 'postponed')" + OPEN + " on conflict do nothing",
                statement -> {
                    statement.setLong(1, visitor.personId());
                    statement.setTimestamp(2, Timestamp.from(clock.instant()));
                    statement.setLong(3, number);
                    return statement.executeUpdate();
                });
        return given == 1 || takesSupport(number)
                ? Optional.empty()
                : Optional.of(Refusal.of("support.closed").withWayOut("/ideas/" + number, "support.to-idea"));
    }

    /** The count a body has seen when it decided stays as it was. */
    @Transactional
    void takeBack(long number, Visitor visitor) {
        int takenBack = jdbc.prepareStatement(
                "delete from supports where idea_number = ? and person_id = ? and exists (select from ideas where"
                        + " number = idea_number and state in ('published', 'postponed'))",
                statement -> {
                    statement.setLong(1, number);
                    statement.setLong(2, visitor.personId());
                    return statement.executeUpdate();
                });
        if (takenBack == 0 && supports(number, visitor)) {
            throw new Refused(Refusal.of("support.kept").withWayOut("/ideas/" + number, "support.to-idea"));
        }
    }

    private boolean supports(long number, Visitor visitor) {
        return jdbc.prepareStatement("select from supports where idea_number = ? and person_id = ?", statement -> {
            statement.setLong(1, number);
            statement.setLong(2, visitor.personId());
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        });
    }

    private boolean takesSupport(long number) {
        return jdbc.prepareStatement(
                "select from ideas where number = ? and state in ('published', 'postponed')" + OPEN, statement -> {
                    statement.setLong(1, number);
                    try (var rows = statement.executeQuery()) {
                        return rows.next();
                    }
                });
    }
}
