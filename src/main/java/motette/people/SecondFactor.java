package motette.people;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import motette.shared.Refusal;

/**
 * What decides or moves money asks here whether a second factor was shown not long ago. A stolen mailbox alone decides
 * nothing.
 */
@Singleton
public class SecondFactor {

    private final Clock clock;

    SecondFactor(Clock clock) {
        this.clock = clock;
    }

    /** Empty when a second factor holds now; else why not, with the page that takes one as the way out. */
    public Optional<Refusal> refusal(Visitor visitor) {
        return visitor.isStrong(clock.instant())
                ? Optional.empty()
                : Optional.of(Refusal.of("second-factor.missing")
                        .withWayOut("/sign-in/confirm", "second-factor.missing.way-out"));
    }
}
