package motette.votes;

import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the administrators once that a round closed, and counts it after a day when nobody did and nothing stands in the way. A
 * round closes without it; any number of copies may run it.
 */
@Singleton
class RoundJob {

    /** So long the desk has for whatever has to come before. */
    private static final Duration GRACE = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(RoundJob.class);

    private final RoundRepository rounds;
    private final Counting counting;
    private final Telling telling;
    private final Clock clock;

    RoundJob(RoundRepository rounds, Counting counting, Telling telling, Clock clock) {
        this.rounds = rounds;
        this.counting = counting;
        this.telling = telling;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "5m", initialDelay = "5m")
    @Transactional
    public void look() {
        for (var round : rounds.all(false)) {
            if (round.phase(clock.instant()) == Phase.CLOSED) {
                telling.administrators(round, "round-closed-" + round.id(), "closed");
                boolean late = round.closesAt().plus(GRACE).isBefore(clock.instant());
                if (late && counting.refusal(round.id()).isEmpty() && counting.count(round.id())) {
                    LOG.info("round counted by itself round={}", round.id());
                }
            }
        }
    }
}
