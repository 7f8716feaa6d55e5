package motette.signin;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import motette.shared.RowNumbers;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign-ins that ended while their access token is not over yet, as every copy of the application hears of them from the
 * database: a connection of its own listens. PostgreSQL tells the notifications of all in the order of their commits, so a beat
 * of our own that comes back proves that nothing before it was missed. Without such a proof of a few seconds ago the answer is
 * {@link State#UNKNOWN}, and whoever asked must ask the database.
 */
@Singleton
class EndedSignIns implements ApplicationEventListener<ServerStartupEvent> {

    /** What this copy knows of a sign-in. */
    enum State {
        RUNNING,
        ENDED,
        UNKNOWN
    }

    static final String APPLICATION_NAME = "motette ended sign-ins";

    private static final Logger LOG = LoggerFactory.getLogger(EndedSignIns.class);

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration PROOF_HOLDS = Duration.ofSeconds(4);
    private static final int WAIT_AFTER_LOSS_MILLIS = 500;

    private final String url;
    private final String username;
    private final String password;
    private final Duration kept;
    private final String copy = UUID.randomUUID().toString();

    /** Sign-in to the nano time from which its access tokens are all over. */
    private final Map<Long, Long> ended = new ConcurrentHashMap<>();

    private volatile long provenUntil = System.nanoTime();
    private volatile boolean closed;
    private boolean hears = true;
    private volatile @Nullable Connection connection;

    EndedSignIns(
            @Value("${datasources.default.url}") String url,
            @Value("${datasources.default.username:}") String username,
            @Value("${datasources.default.password:}") String password,
            @Value("${motette.sign-in.access}") Duration access) {
        this.url = url;
        this.username = username;
        this.password = password;
        this.kept = access.plus(AccessTokens.SKEW.multipliedBy(2));
    }

    /** From memory, without a query. */
    State of(long signIn) {
        if (ended.containsKey(signIn)) {
            return State.ENDED;
        } else {
            return System.nanoTime() - provenUntil < 0 ? State.RUNNING : State.UNKNOWN;
        }
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        Thread.ofPlatform().daemon().name("ended-sign-ins").start(this::listenOn);
    }

    @PreDestroy
    void close() {
        closed = true;
        close(connection);
    }

    private void listenOn() {
        while (!closed) {
            try (var opened = open()) {
                connection = opened;
                listen(opened);
            } catch (SQLException | RuntimeException lost) {
                provenUntil = System.nanoTime();
                if (!closed) {
                    tell(false, lost.toString());
                    pause();
                }
            }
        }
    }

    /** Listens first and reads then, so that nothing falls between. */
    private void listen(Connection opened) throws SQLException {
        var notifications = opened.unwrap(PGConnection.class);
        try (var statement = opened.createStatement()) {
            statement.execute("listen sign_in_ended");
            try (var rows = statement.executeQuery("select sign_in_id from ended_sign_ins where at > now() - interval '"
                    + kept.toSeconds() + " seconds'")) {
                while (rows.next()) {
                    add(rows.getLong(1));
                }
            }
            for (long beat = 1; !closed; beat++) {
                var sentAt = System.nanoTime();
                var own = "beat " + copy + " " + beat;
                statement.execute("select pg_notify('sign_in_ended', '" + own + "')");
                var proven = false;
                while (!closed && System.nanoTime() - sentAt < BEAT.toNanos()) {
                    var rest = Math.max(
                            1, BEAT.minusNanos(System.nanoTime() - sentAt).toMillis());
                    if (hear(notifications, own, (int) rest)) {
                        proven = true;
                        tell(true, "");
                        provenUntil = sentAt + PROOF_HOLDS.toNanos();
                    }
                }
                if (!proven && !closed) {
                    throw new SQLException("the beat did not come back");
                }
                ended.values().removeIf(until -> System.nanoTime() - until > 0);
            }
        }
    }

    /** Says once when it can no longer hear, and once when it hears again. */
    private void tell(boolean hearsNow, String why) {
        if (hears && !hearsNow) {
            LOG.warn("ended sign-ins are not heard, the database is asked for every sign-in cause={}", why);
        } else if (!hears && hearsNow) {
            LOG.info("ended sign-ins are heard again");
        }
        hears = hearsNow;
    }

    /** @return whether our own beat was among what came */
    private boolean hear(PGConnection notifications, String own, int millis) throws SQLException {
        var heard = false;
        var come = notifications.getNotifications(millis);
        if (come != null) {
            for (var one : come) {
                var said = one.getParameter();
                if (said.equals(own)) {
                    heard = true;
                } else {
                    RowNumbers.find(said).ifPresent(this::add);
                }
            }
        }
        return heard;
    }

    private void add(long signIn) {
        ended.put(signIn, System.nanoTime() + kept.toNanos());
    }

    /** Not from the pool: it is held for good. Simple queries, because nothing is asked twice. */
    private Connection open() throws SQLException {
        var properties = new Properties();
        if (!username.isEmpty()) {
            properties.put("user", username);
            properties.put("password", password);
        }
        properties.put("ApplicationName", APPLICATION_NAME);
        properties.put("preferQueryMode", "simple");
        properties.put("tcpKeepAlive", "true");
        properties.put("connectTimeout", "5");
        properties.put("socketTimeout", "5");
        return DriverManager.getConnection(url, properties);
    }

    private static void close(@Nullable Connection open) {
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyGone) {
                LOG.debug("ended sign-ins: connection was gone", alreadyGone);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_AFTER_LOSS_MILLIS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
