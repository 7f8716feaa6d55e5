package motette.limits;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** E-mail addresses that the city has blocked. Only their keyed hashes are known: whoever asks must bring the address. */
@Singleton
public class Blocked {

    /** For SQL over {@code blocked_addresses}: the block stands at the instant that is its one parameter, taken twice. */
    private static final String STANDS = " lifted_at is null and from_at <= ? and (until_at is null or until_at > ?) ";

    /** For SQL: no block stands at the instant that is its one parameter, taken twice. One index is looked at. */
    public static final String NOBODY = " not exists (select from blocked_addresses where" + STANDS + ") ";

    private static final Logger LOG = LoggerFactory.getLogger(Blocked.class);

    private final JdbcOperations jdbc;
    private final Secrets secrets;
    private final Clock clock;

    Blocked(JdbcOperations jdbc, KeptSecrets kept, Clock clock) {
        this.jdbc = jdbc;
        this.secrets = kept.of("limits");
        this.clock = clock;
    }

    /**
     * A block as administrators see it; the address is known to nobody.
     *
     * @param until  null until it is lifted
     * @param liftedAt null while it was not lifted
     * @param fits   false when the secret of the installation was lost since: then the address must be blocked anew
     * @param stands whether it holds somebody off now
     */
    @Introspected
    public record Block(
            long id,
            String reason,
            Instant from,
            @Nullable Instant until,
            @Nullable Instant liftedAt,
            boolean fits,
            boolean stands) {}

    public boolean isBlocked(String email) {
        return of(email).isPresent();
    }

    /** The block that stands for an address; of several the one that ends last. */
    @Connectable
    public Optional<Block> of(String email) {
        return list(" where address_hash = ? and" + STANDS + "order by until_at desc nulls first limit 1", email)
                .stream()
                .findFirst();
    }

    /** Whether any block stands: one index is looked at, so that deeds of the many cost next to nothing. */
    @Connectable
    public boolean isAny() {
        return jdbc.prepareStatement("select not" + NOBODY, statement -> {
            var now = Timestamp.from(clock.instant());
            statement.setTimestamp(1, now);
            statement.setTimestamp(2, now);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    /** The latest two hundred, the ones that stand first. */
    @Connectable
    public List<Block> latest() {
        return list("", null).stream()
                .sorted((one, other) -> Boolean.compare(other.stands(), one.stands()))
                .toList();
    }

    /**
     * Blocks an address, within the transaction of an administrator's deed.
     *
     * @param until null until it is lifted
     * @return id of the block
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long block(String email, String reason, @Nullable Instant until, long personId) {
        return jdbc.prepareStatement(
                "insert into blocked_addresses (address_hash, key_mark, reason, from_at, until_at, blocked_by)"
                        + " values (?, ?, ?, ?, ?, ?) returning id",
                statement -> {
                    statement.setBytes(1, hashOf(email));
                    statement.setString(2, secrets.mark());
                    statement.setString(3, reason);
                    statement.setTimestamp(4, Timestamp.from(clock.instant()));
                    statement.setTimestamp(5, until == null ? null : Timestamp.from(until));
                    statement.setLong(6, personId);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    /** Lifts a block; false when it is not there or was lifted before. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean lift(long id, String reason, long personId) {
        return jdbc.prepareStatement(
                        "update blocked_addresses set lifted_at = ?, lifted_by = ?, lift_reason = ?"
                                + " where id = ? and lifted_at is null",
                        statement -> {
                            statement.setTimestamp(1, Timestamp.from(clock.instant()));
                            statement.setLong(2, personId);
                            statement.setString(3, reason);
                            statement.setLong(4, id);
                            return statement.executeUpdate();
                        })
                == 1;
    }

    /** A lost secret silently opens every door that was shut with it: say so. */
    @EventListener
    @Connectable
    void warn(StartupEvent started) {
        int lost = jdbc.prepareStatement(
                "select count(*) from blocked_addresses where key_mark <> ? and" + STANDS, statement -> {
                    var now = Timestamp.from(clock.instant());
                    statement.setString(1, secrets.mark());
                    statement.setTimestamp(2, now);
                    statement.setTimestamp(3, now);
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
        if (lost > 0) {
            LOG.warn("blocks made with a lost MOTETTE_SECRET no longer hold anybody off count={}", lost);
        }
    }

    private List<Block> list(String which, @Nullable String email) {
        return jdbc.prepareStatement(
                "select id, reason, from_at, until_at, lifted_at, key_mark = ?, key_mark = ? and" + STANDS
                        + "from blocked_addresses" + (email == null ? " order by id desc limit 200" : which),
                statement -> {
                    var now = Timestamp.from(clock.instant());
                    statement.setString(1, secrets.mark());
                    statement.setString(2, secrets.mark());
                    statement.setTimestamp(3, now);
                    statement.setTimestamp(4, now);
                    if (email != null) {
                        statement.setBytes(5, hashOf(email));
                        statement.setTimestamp(6, now);
                        statement.setTimestamp(7, now);
                    }
                    var blocks = new ArrayList<Block>();
                    try (var rows = statement.executeQuery()) {
                        while (rows.next()) {
                            blocks.add(new Block(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    rows.getTimestamp(3).toInstant(),
                                    instant(rows.getTimestamp(4)),
                                    instant(rows.getTimestamp(5)),
                                    rows.getBoolean(6),
                                    rows.getBoolean(7)));
                        }
                    }
                    return blocks;
                });
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private byte[] hashOf(String email) {
        return secrets.hash("blocked address", email.strip().toLowerCase(Locale.ROOT));
    }
}
