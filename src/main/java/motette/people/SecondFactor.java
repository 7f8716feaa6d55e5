package motette.people;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * What decides or moves money asks here whether a second factor was shown not long ago. A stolen mailbox alone decides
 * nothing.
 */
@Singleton
public class SecondFactor {

    private static final String MISSING = "second-factor.missing";

    private final Clock clock;

    SecondFactor(Clock clock) {
        this.clock = clock;
    }

    /** Empty when a second factor holds now; else why not, with the page that takes one as the way out. */
    public Optional<Refusal> refusal(Visitor visitor) {
        return visitor.isStrong(clock.instant())
                ? Optional.empty()
                : Optional.of(Refusal.of(MISSING).withWayOut("/sign-in/confirm", "second-factor.missing.way-out"));
    }

    /** Refuses unless a second factor holds now. What was sent is kept on the page that then asks for one. */
    public void demand(Visitor visitor) {
        refusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
    }

    /** Whether a second factor is all that was missing, so that the deed can go on once it is shown. */
    public static boolean isAllThatIsMissing(Refusal refusal) {
        return refusal.reason().key().equals(MISSING);
    }
}
