package motette.limits;

import java.time.Duration;
import motette.shared.Message;
import motette.shared.Refusal;

/**
 * Why it does not go on now, and how long until it does.
 *
 * @param refusal the sentence for people, with the time in it
 * @param length  until one more fits; at least a second
 */
public record Pause(Refusal refusal, Duration length) {

    private static final Duration OF_THE_UNREACHABLE = Duration.ofSeconds(30);

    /** Rounded up, so that whoever waits as long as told comes through. */
    public static Pause of(String limit, Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        var what = Message.of("limits.what." + limit);
        if (seconds <= 90) {
            return new Pause(Refusal.of("limits.wait.seconds", what, seconds), Duration.ofSeconds(seconds));
        } else if (seconds <= 90 * 60) {
            return new Pause(Refusal.of("limits.wait.minutes", what, (seconds + 59) / 60), Duration.ofSeconds(seconds));
        } else {
            return new Pause(
                    Refusal.of("limits.wait.hours", what, (seconds + 3599) / 3600), Duration.ofSeconds(seconds));
        }
    }

    static Pause unreachable() {
        return new Pause(Refusal.of("limits.unreachable"), OF_THE_UNREACHABLE);
    }

    public Pause withWayOut(String path, String textKey) {
        return new Pause(refusal.withWayOut(path, textKey), length);
    }

    /** Value of the header Retry-After in whole seconds (RFC 9110, 10.2.3). */
    public String seconds() {
        return String.valueOf(length.toSeconds());
    }
}
