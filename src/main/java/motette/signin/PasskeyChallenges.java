package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What passkeys are asked to sign. Each challenge is taken once, within {@link #HOLDS}, by the browser that asked for it:
 * its cookie holds a secret of which the row keeps a hash. A person's challenge is taken by that person only.
 */
@Singleton
class PasskeyChallenges {

    static final Duration HOLDS = Duration.ofMinutes(5);

    private static final int BYTES = 32;

    private final JdbcOperations jdbc;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    PasskeyChallenges(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param browserSecret for the cookie of the browser that asked */
    record Issued(String browserSecret, byte[] challenge) {}

    /** @param userHandle null unless it was issued for an enrolment */
    record Taken(byte[] challenge, byte @Nullable [] userHandle) {}

    /**
     * @param personId   who is asked; 0 where that is to be found out
     * @param userHandle for an enrolment, else null
     */
    @Transactional
    public Issued issue(PasskeyPurpose purpose, long personId, byte @Nullable [] userHandle) {
        var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh());
        var challenge = fresh();
        jdbc.prepareStatement(
                "insert into passkey_challenges (browser_hash, challenge, purpose, person_id, user_handle, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?)",
                statement -> {
                    statement.setBytes(1, hash(secret));
                    statement.setBytes(2, challenge);
                    statement.setString(3, purpose.key());
                    if (personId == 0) {
                        statement.setNull(4, Types.BIGINT);
                    } else {
                        statement.setLong(4, personId);
                    }
                    statement.setBytes(5, userHandle);
                    statement.setTimestamp(6, Timestamp.from(clock.instant().plus(HOLDS)));
                    return statement.executeUpdate();
                });
        return new Issued(secret, challenge);
    }

    /** Uses the browser's challenge up, whatever comes of it; of two that come at once, one gets it. */
    @Transactional
    public Optional<Taken> take(PasskeyPurpose purpose, long personId, String browserSecret) {
        return jdbc.prepareStatement("""
            delete from passkey_challenges
            where browser_hash = ? and purpose = ? and coalesce(person_id, 0) = ? and expires_at > ?
            returning challenge, user_handle\
            """, statement -> {
            statement.setBytes(1, hash(browserSecret));
            statement.setString(2, purpose.key());
            statement.setLong(3, personId);
            statement.setTimestamp(4, Timestamp.from(clock.instant()));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Taken(row.getBytes(1), row.getBytes(2))) : Optional.empty();
            }
        });
    }

    @Transactional
    public int forget() {
        return jdbc.prepareStatement("delete from passkey_challenges where expires_at < ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(clock.instant()));
            return statement.executeUpdate();
        });
    }

    /** 32 random bytes. */
    byte[] fresh() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
