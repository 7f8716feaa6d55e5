package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;

/** How many mails for signing in go out. What is refused here is answered like what is not. */
@Singleton
class SignInLimits {

    private static final int MOST_OPEN = 5;
    private static final int MOST_CODES_A_DAY = 10;

    private final JdbcOperations jdbc;
    private final Clock clock;

    SignInLimits(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What a mail to an address may carry now. */
    enum Allowance {
        NOTHING,
        /** A link cannot be guessed: who asks in somebody else's name keeps nobody from their own link by that. */
        LINK,
        LINK_AND_CODE
    }

    /**
     * Asked in the transaction that then writes the mail; requests for one address follow each other, so that it holds when
     * many come at once. Ten codes a day with five tries each leave somebody who guesses one chance in 20,000 a day.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Allowance allowance(String address) {
        lock(address);
        return jdbc.prepareStatement("""
            select (select count(*) from sign_in_links where email = ? and used_at is null and expires_at > ?),
                   (select count(*) from sign_in_links where email = ? and code_hash is not null and created_at > ?)\
            """, statement -> {
            var now = clock.instant();
            statement.setString(1, address);
            statement.setTimestamp(2, Timestamp.from(now));
            statement.setString(3, address);
            statement.setTimestamp(4, Timestamp.from(now.minus(Duration.ofDays(1))));
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) >= MOST_OPEN) {
                    return Allowance.NOTHING;
                } else {
                    return row.getInt(2) < MOST_CODES_A_DAY ? Allowance.LINK_AND_CODE : Allowance.LINK;
                }
            }
        });
    }

    private void lock(String address) {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtextextended('sign-in ' || ?, 0))", statement -> {
            statement.setString(1, address);
            return statement.execute();
        });
    }
}
