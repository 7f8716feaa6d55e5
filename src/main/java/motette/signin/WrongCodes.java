package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Limits wrong codes, by person and in rows, so that the limit holds across copies: only who is signed in as somebody can use
 * up that somebody's tries, and nobody else waits. Passkeys are not counted: there is nothing to guess. With 20 tries a day and
 * three codes valid at a time, guessing succeeds once in about 45 years.
 */
@Singleton
class WrongCodes {

    static final int MOST_AT_ONCE = 5;
    static final Duration WAIT = Duration.ofMinutes(15);
    static final int MOST_A_DAY = 20;

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcOperations jdbc;
    private final Clock clock;

    WrongCodes(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether another code may be tried now; asked while the person's factors are locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean mayTry(long personId) {
        var now = clock.instant();
        return since(personId, now.minus(WAIT)) < MOST_AT_ONCE && since(personId, now.minus(DAY)) < MOST_A_DAY;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void count(long personId) {
        jdbc.prepareStatement("insert into wrong_factor_codes (person_id, at) values (?, ?)", statement -> {
            statement.setLong(1, personId);
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            return statement.executeUpdate();
        });
    }

    @Transactional
    public int forget() {
        return jdbc.prepareStatement("delete from wrong_factor_codes where at < ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant().minus(DAY)));
            return statement.executeUpdate();
        });
    }

    private int since(long personId, Instant begin) {
        return jdbc.prepareStatement(
                "select count(*) from wrong_factor_codes where person_id = ? and at > ?", statement -> {
                    statement.setLong(1, personId);
                    statement.setTimestamp(2, Timestamp.from(begin));
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }
}
