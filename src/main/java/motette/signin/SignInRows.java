package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of sign-ins and of the refresh tokens that belong to each. */
@Singleton
class SignInRows {

    private final JdbcOperations jdbc;
    private final Clock clock;

    SignInRows(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A refresh token that somebody showed, and the sign-in it belongs to, both locked.
     *
     * @param usedAt when the next one was given out; null for a fresh one
     * @param salt   yields the next one again; null once that is over
     */
    record Shown(
            long signIn,
            long personId,
            Instant startedAt,
            boolean ended,
            Instant strongUntil,
            Instant expiresAt,
            @Nullable Instant usedAt,
            byte @Nullable [] salt) {}

    /** A new sign-in with its first refresh token, in one statement. */
    @Transactional
    public long start(
            long personId,
            SignInMethod method,
            String device,
            Instant now,
            Instant expiresAt,
            Instant strongUntil,
            byte[] tokenHash) {
        return jdbc.prepareStatement("""
            with begun as (
                insert into sign_ins (person_id, method, device, started_at, seen_at, expires_at, strong_at, strong_until)
                values (?, ?, ?, ?, ?, ?, ?, ?) returning id, started_at, expires_at)
            insert into refresh_tokens (token_hash, sign_in_id, created_at, expires_at)
            select ?, id, started_at, expires_at from begun returning sign_in_id\
            """, statement -> {
            var strong = strongUntil.isAfter(now);
            statement.setLong(1, personId);
            statement.setString(2, method.key());
            statement.setString(3, device);
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setTimestamp(5, hour(now));
            statement.setTimestamp(6, Timestamp.from(expiresAt));
            statement.setTimestamp(7, strong ? Timestamp.from(now) : null);
            statement.setTimestamp(8, strong ? Timestamp.from(strongUntil) : null);
            statement.setBytes(9, tokenHash);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Of two that show the same token at once, the second waits here and then sees what the first did. */
    @Transactional
    public Optional<Shown> lock(byte[] tokenHash) {
        return jdbc.prepareStatement("""
            select s.id, s.person_id, s.started_at, s.ended_at is not null, s.strong_until, t.expires_at, t.used_at, t.salt
            from refresh_tokens t join sign_ins s on s.id = t.sign_in_id
            where t.token_hash = ? for update of s, t\
            """, statement -> {
            statement.setBytes(1, tokenHash);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var strong = row.getTimestamp(5);
                var used = row.getTimestamp(7);
                return Optional.of(new Shown(
                        row.getLong(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant(),
                        row.getBoolean(4),
                        strong == null ? Instant.EPOCH : strong.toInstant(),
                        row.getTimestamp(6).toInstant(),
                        used == null ? null : used.toInstant(),
                        row.getBytes(8)));
            }
        });
    }

    /** Uses a token up and keeps the next one, in one statement; salts whose time is over go with it. */
    @Transactional
    public void follow(
            long signIn, byte[] used, byte[] salt, byte[] next, Instant now, Instant expiresAt, Instant graceBegan) {
        jdbc.prepareStatement("""
            with used as (update refresh_tokens set used_at = ?, salt = ? where token_hash = ?),
                 over as (update refresh_tokens set salt = null where sign_in_id = ? and used_at < ? and salt is not null),
                 seen as (update sign_ins set seen_at = ?, expires_at = ? where id = ?)
            insert into refresh_tokens (token_hash, sign_in_id, created_at, expires_at) values (?, ?, ?, ?)\
            """, statement -> {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setBytes(2, salt);
            statement.setBytes(3, used);
            statement.setLong(4, signIn);
            statement.setTimestamp(5, Timestamp.from(graceBegan));
            statement.setTimestamp(6, hour(now));
            statement.setTimestamp(7, Timestamp.from(expiresAt));
            statement.setLong(8, signIn);
            statement.setBytes(9, next);
            statement.setLong(10, signIn);
            statement.setTimestamp(11, Timestamp.from(now));
            statement.setTimestamp(12, Timestamp.from(expiresAt));
            return statement.executeUpdate();
        });
    }

    @Transactional
    public void strengthen(long signIn, Instant now, Instant until) {
        jdbc.prepareStatement("update sign_ins set strong_at = ?, strong_until = ? where id = ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.setTimestamp(2, Timestamp.from(until));
            statement.setLong(3, signIn);
            return statement.executeUpdate();
        });
    }

    /** Whether the sign-in has neither ended nor gone. */
    @Transactional(readOnly = true)
    public boolean isRunning(long signIn) {
        return jdbc.prepareStatement("select from sign_ins where id = ? and ended_at is null", statement -> {
            statement.setLong(1, signIn);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        });
    }

    /** Ends one sign-in of a person. @return whether it ran */
    @Transactional
    public boolean end(long personId, long signIn, EndReason why) {
        return jdbc.prepareStatement(
                        "update sign_ins set ended_at = ?, end_reason = ? where person_id = ? and id = ? and ended_at"
                                + " is null",
                        statement -> {
                            statement.setTimestamp(1, Timestamp.from(clock.instant()));
                            statement.setString(2, why.key());
                            statement.setLong(3, personId);
                            statement.setLong(4, signIn);
                            return statement.executeUpdate();
                        })
                > 0;
    }

    /**
     * Ends the sign-ins of a person.
     *
     * @param but the one that goes on; 0 for none
     * @return how many ran
     */
    @Transactional
    public int endAll(long personId, long but, EndReason why) {
        return jdbc.prepareStatement(
                "update sign_ins set ended_at = ?, end_reason = ? where person_id = ? and id <> ? and ended_at is null",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant()));
                    statement.setString(2, why.key());
                    statement.setLong(3, personId);
                    statement.setLong(4, but);
                    return statement.executeUpdate();
                });
    }

    /** Whether somebody who has signed in before comes with a kind of device they never used. */
    @Transactional(readOnly = true)
    public boolean isNewDevice(long personId, String device) {
        return jdbc.prepareStatement(
                "select count(*) > 0 and not coalesce(bool_or(device = ?), false) from sign_ins where person_id = ?",
                statement -> {
                    statement.setString(1, device);
                    statement.setLong(2, personId);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getBoolean(1);
                    }
                });
    }

    /** The running sign-ins of a person, the latest first. */
    @Transactional(readOnly = true)
    public List<SignInRow> running(long personId, long current) {
        return jdbc.prepareStatement("""
            select id, method, device, started_at, seen_at from sign_ins
            where person_id = ? and ended_at is null and expires_at > ? order by id = ? desc, seen_at desc, id desc\
            """, statement -> {
            statement.setLong(1, personId);
            statement.setTimestamp(2, Timestamp.from(clock.instant()));
            statement.setLong(3, current);
            var found = new ArrayList<SignInRow>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var id = rows.getLong(1);
                    found.add(new SignInRow(
                            id,
                            rows.getString(2),
                            rows.getString(3),
                            rows.getTimestamp(4).toInstant(),
                            rows.getTimestamp(5).toInstant(),
                            id == current));
                }
            }
            return List.copyOf(found);
        });
    }

    /**
     * Deletes what nobody needs any more.
     *
     * @param before sign-ins whose end lies before it go; their tokens go once they are over
     */
    @Transactional
    public void forget(Instant before) {
        var now = Timestamp.from(clock.instant());
        jdbc.prepareStatement("""
            delete from refresh_tokens t using sign_ins s
            where s.id = t.sign_in_id and (s.ended_at < ? or s.expires_at < ?)\
            """, statement -> {
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            return statement.executeUpdate();
        });
        jdbc.prepareStatement("delete from sign_ins where coalesce(ended_at, expires_at) < ?", statement -> {
            statement.setTimestamp(1, Timestamp.from(before));
            return statement.executeUpdate();
        });
        jdbc.prepareStatement(
                "delete from ended_sign_ins where at < now() - interval '1 day'",
                statement -> statement.executeUpdate());
    }

    private static Timestamp hour(Instant moment) {
        return Timestamp.from(moment.truncatedTo(ChronoUnit.HOURS));
    }
}
