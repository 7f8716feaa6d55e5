package motette.limits;

import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;

/** A bucket that is full again says nothing about anybody: it goes. Many copies may do so at once, each row goes once. */
@Singleton
class LimitsForgetting {

    /** So that no row is held for long. */
    private static final int AT_ONCE = 5_000;

    private final JdbcOperations jdbc;
    private final Clock clock;

    LimitsForgetting(JdbcOperations jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "10m", initialDelay = "3m")
    void forget() {
        int some;
        do {
            some = forgetSome();
        } while (some == AT_ONCE);
    }

    @Connectable
    int forgetSome() {
        return jdbc.prepareStatement(
                "delete from limit_buckets where id in (select id from limit_buckets where expires_at < ? limit ?"
                        + " for update skip locked)",
                statement -> {
                    statement.setLong(1, clock.millis());
                    statement.setInt(2, AT_ONCE);
                    return statement.executeUpdate();
                });
    }
}
