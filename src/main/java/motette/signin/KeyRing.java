package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import motette.shared.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens, the same on every copy of the application because they are rows. A new one waits before
 * it signs, so that every copy has read it; an old one verifies until its last token is over.
 */
@Singleton
class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private static final String PURPOSE = "signing key";

    /** Copies read the keys every minute; a copy that misses a few rounds still knows the key in time. */
    private static final Duration WAITS = Duration.ofMinutes(10);

    private final JdbcOperations jdbc;
    private final Secrets secrets;
    private final Clock clock;
    private final Duration life;
    private final Duration verifies;
    private final SecureRandom random = new SecureRandom();

    private volatile List<SigningKey> keys = List.of();

    /** @param life how long a key signs before the next one is made */
    KeyRing(
            JdbcOperations jdbc,
            Secrets secrets,
            Clock clock,
            @Value("${motette.sign-in.key-life}") Duration life,
            @Value("${motette.sign-in.access}") Duration access) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
        this.life = life;
        this.verifies = access.plusHours(1);
    }

    /** A key this copy has read; it never asks the database. */
    Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** The newest that has begun to sign. */
    SigningKey signing() {
        return begun().orElseGet(() -> {
            keep();
            return begun().orElseThrow(() -> new IllegalStateException("No key signs"));
        });
    }

    /** Reads the keys, makes the next one when it is time and takes away those whose tokens are all over. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void keep() {
        read();
        if (isDue()) {
            lock();
            read();
            if (isDue()) {
                make();
                read();
            }
        }
        forget();
    }

    /** Reads the keys again; the unknown key of a token may have been made a moment ago. */
    @Transactional(readOnly = true)
    public void read() {
        keys = jdbc.prepareStatement(
                "select id, sealed, made_at, signs_from from signing_keys order by signs_from desc, id", statement -> {
                    var found = new ArrayList<SigningKey>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            var id = rows.getString(1);
                            var made = rows.getTimestamp(3).toInstant();
                            var signsFrom = rows.getTimestamp(4).toInstant();
                            secrets.open(PURPOSE, rows.getBytes(2))
                                    .ifPresentOrElse(
                                            bytes -> found.add(
                                                    new SigningKey(id, SigningKey.key(bytes), made, signsFrom)),
                                            () -> LOG.warn("signing key sealed under another secret kid={}", id));
                        }
                    }
                    return List.copyOf(found);
                });
    }

    private Optional<SigningKey> begun() {
        var now = clock.instant();
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .max(Comparator.comparing(SigningKey::signsFrom));
    }

    private boolean isDue() {
        var now = clock.instant();
        return begun().isEmpty()
                || keys.stream().noneMatch(key -> key.madeAt().plus(life).isAfter(now));
    }

    /** The first key signs at once: no copy has one yet. */
    private void make() {
        var now = clock.instant();
        var bytes = new byte[32];
        var id = new byte[8];
        random.nextBytes(bytes);
        random.nextBytes(id);
        insert(
                HexFormat.of().formatHex(id),
                secrets.seal(PURPOSE, bytes),
                now,
                begun().isEmpty() ? now : now.plus(WAITS));
    }

    private void insert(String id, byte[] sealed, Instant made, Instant signsFrom) {
        jdbc.prepareStatement(
                "insert into signing_keys (id, sealed, made_at, signs_from) values (?, ?, ?, ?)", statement -> {
                    statement.setString(1, id);
                    statement.setBytes(2, sealed);
                    statement.setTimestamp(3, Timestamp.from(made));
                    statement.setTimestamp(4, Timestamp.from(signsFrom));
                    return statement.executeUpdate();
                });
        LOG.info("signing key made kid={} signs-from={}", id, signsFrom);
    }

    private void forget() {
        jdbc.prepareStatement(
                "delete from signing_keys k where exists (select from signing_keys n where n.signs_from > k.signs_from"
                        + " and n.signs_from < ?)",
                statement -> {
                    statement.setTimestamp(1, Timestamp.from(clock.instant().minus(verifies)));
                    return statement.executeUpdate();
                });
    }

    private void lock() {
        jdbc.prepareStatement("select pg_advisory_xact_lock(hashtextextended('signing keys', 0))", statement -> {
            return statement.execute();
        });
    }
}
