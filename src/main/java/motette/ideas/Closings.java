package motette.ideas;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;

/**
 * An idea can be closed for a while, whatever its state: then nobody supports it and its author does not revise it; reading,
 * withdrawing and deciding go on. Every method runs inside the transaction of the deed, which holds the lock of the idea.
 */
@Singleton
public class Closings {

    private final JdbcOperations jdbc;
    private final Clock clock;

    Closings(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The public reason of the closing that stands. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<String> reason(long number) {
        return jdbc.prepareStatement(
                "select reason from idea_closings where idea_number = ? and ended_at is null", statement -> {
                    statement.setLong(1, number);
                    try (var row = statement.executeQuery()) {
                        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    }
                });
    }

    /**
     * Closes an idea; false when it is closed already.
     *
     * @param office key of the area in whose name
     * @param reason in words, public, 10 to 500 characters
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean close(long number, String office, String reason, long personId) {
        return jdbc.prepareStatement(
                        "insert into idea_closings (idea_number, reason, office, closed_by, closed_at)"
                                + " values (?, ?, ?, ?, ?) on conflict do nothing",
                        statement -> {
                            statement.setLong(1, number);
                            statement.setString(2, reason);
                            statement.setString(3, office);
                            statement.setLong(4, personId);
                            statement.setTimestamp(5, Timestamp.from(clock.instant()));
                            return statement.executeUpdate();
                        })
                == 1;
    }

    /** Opens an idea again; false when it is not closed. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean open(long number, long personId) {
        return jdbc.prepareStatement(
                        "update idea_closings set ended_at = ?, ended_by = ? where idea_number = ? and ended_at is"
                                + " null",
                        statement -> {
                            statement.setTimestamp(1, Timestamp.from(clock.instant()));
                            statement.setLong(2, personId);
                            statement.setLong(3, number);
                            return statement.executeUpdate();
                        })
                == 1;
    }
}
