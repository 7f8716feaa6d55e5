package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import motette.shared.Time;

/**
 * How long until a moment, as people say it.
 *
 * @param unit days, hours or minutes: text {@code votes.left.<unit>}
 */
@Introspected
record TimeLeft(String unit, long count) {

    static TimeLeft of(Instant now, Instant until) {
        var left = Duration.between(now, until);
        long days = ChronoUnit.DAYS.between(
                now.atZone(Time.ZONE).toLocalDate(), until.atZone(Time.ZONE).toLocalDate());
        if (left.toHours() >= 48) {
            return new TimeLeft("days", days);
        } else if (left.toMinutes() >= 120) {
            return new TimeLeft("hours", left.toHours());
        } else {
            return new TimeLeft("minutes", Math.max(1, left.toMinutes()));
        }
    }
}
