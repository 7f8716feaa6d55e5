package motette;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import motette.shared.Time;

/** The real time, until a test turns it. */
@Singleton
@Replaces(value = Clock.class, factory = Time.class)
public class TestClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /** Turns the clock forward; negative turns it back. */
    public void turn(Duration by) {
        ahead = ahead.plus(by);
    }

    public void set(Instant now) {
        ahead = Duration.between(Instant.now(), now);
    }

    /** Back to the real time. */
    public void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return Time.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), ahead);
    }
}
