package motette;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import motette.shared.Time;

/** The real time, until a test turns or stops it. */
@Singleton
@Replaces(value = Clock.class, factory = Time.class)
public class TestClock extends Clock {

    private volatile Clock now = Clock.system(Time.ZONE);

    /** Turns the clock forward; negative turns it back. */
    public void turn(Duration by) {
        now = Clock.offset(now, by);
    }

    public void set(Instant to) {
        turn(Duration.between(instant(), to));
    }

    /** Lets no time pass but what a test turns: what comes back by and by, such as a limit, does not depend on the machine. */
    public void stop() {
        now = Clock.fixed(instant(), Time.ZONE);
    }

    /** Back to the real time. */
    public void reset() {
        now = Clock.system(Time.ZONE);
    }

    @Override
    public Instant instant() {
        return now.instant();
    }

    @Override
    public ZoneId getZone() {
        return Time.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return now.withZone(zone);
    }
}
