package motette.limits;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts across all copies of the application. A bucket is a row that is locked for as long as it takes to count, so buckets of
 * others never wait for it. Ask before the transaction of a deed begins: a count is a short transaction of its own on a
 * connection of its own, and stays when the deed is refused.
 */
@Singleton
public class Limits {

    private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

    private final Map<String, Counter> counters;
    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Secrets secrets;

    /** @param longestWait for the table; whoever waits longer finds it unreachable */
    Limits(
            Collection<Limit> limits,
            DataSource database,
            KeptSecrets kept,
            @Value("${motette.longest-wait-for-limits}") Duration longestWait,
            Clock clock) {
        this.secrets = kept.of("limits");
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(DelegatingDataSource.unwrapDataSource(database))
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("limit_buckets")
                .idColumn("id")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .requestTimeout(longestWait)
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(1)))
                .clientClock(new WallClock(clock))
                .build();
        this.counters = limits.stream()
                .map(Counter::new)
                .collect(Collectors.toUnmodifiableMap(Counter::name, Function.identity()));
    }

    /**
     * Takes one token.
     *
     * @param limit name of a limit of the configuration
     * @param key   whom it counts: a person's id, an address, a network, or empty for everybody together; only its keyed hash
     *              is kept
     * @return empty when it may go on; else how long to wait
     */
    public Optional<Pause> take(String limit, String key) {
        var counter = counters.get(limit);
        if (counter == null) {
            throw new IllegalArgumentException("No limit 'motette.limits." + limit + "' is configured");
        } else {
            return counter.take(key);
        }
    }

    public Optional<Pause> take(String limit, long personId) {
        return take(limit, "person " + personId);
    }

    /** Takes one token or throws {@link TooMany}. */
    public void demand(String limit, String key) {
        take(limit, key).ifPresent(pause -> {
            throw new TooMany(pause);
        });
    }

    public void demand(String limit, long personId) {
        demand(limit, "person " + personId);
    }

    private final class Counter {

        private final Limit limit;
        private final BucketConfiguration allowed;

        Counter(Limit limit) {
            this.limit = limit;
            this.allowed = BucketConfiguration.builder()
                    .addLimit(bandwidth ->
                            bandwidth.capacity(limit.capacity()).refillGreedy(limit.capacity(), limit.per()))
                    .build();
        }

        String name() {
            return limit.name();
        }

        Optional<Pause> take(String key) {
            var id = limit.name() + ":" + HexFormat.of().formatHex(secrets.hash(limit.shape(), key), 0, 16);
            try {
                var probe = buckets.builder().build(id, () -> allowed).tryConsumeAndReturnRemaining(1);
                return probe.isConsumed()
                        ? Optional.empty()
                        : Optional.of(Pause.of(limit.name(), Duration.ofNanos(probe.getNanosToWaitForRefill())));
            } catch (RuntimeException unreachable) {
                LOG.warn(
                        "limit unreachable limit={} passes={} reason={}",
                        limit.name(),
                        limit.passesUnreachable(),
                        unreachable.toString());
                return limit.passesUnreachable() ? Optional.empty() : Optional.of(Pause.unreachable());
            }
        }
    }

    /** The one clock of the application, as bucket4j reads it. */
    private record WallClock(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            var now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
