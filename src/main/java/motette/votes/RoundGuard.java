package motette.votes;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.shared.Time;

/**
 * The one guard before everything that changes a round that runs: it takes the round's lock, then asks the clock. So a ballot that
 * was taken before the close is in the urn before anybody can count, and none is taken at the close or later.
 */
@Singleton
class RoundGuard {

    private final RoundRepository rounds;
    private final Clock clock;

    RoundGuard(RoundRepository rounds, Clock clock) {
        this.rounds = rounds;
        this.clock = clock;
    }

    /**
     * The round, open now and as long as the transaction lasts.
     *
     * @throws Refused with the reason when it is not open
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Round open(String slug) {
        var round = rounds.beside(slug).orElseThrow(() -> new Refused(none()));
        refusal(round).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return round;
    }

    /**
     * The round while papers of it may be typed: open, or over and not counted yet. Papers that nobody has typed before are
     * asked for {@link #firstEntry} besides.
     *
     * @throws Refused with the reason otherwise
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Round paper(String slug) {
        var round = rounds.beside(slug).orElseThrow(() -> new Refused(none()));
        if (round.phase(clock.instant()) != Phase.CLOSED) {
            refusal(round).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
        }
        return round;
    }

    /** Why a paper that nobody has typed yet is not taken any more; empty while it is. */
    Optional<Refusal> firstEntry(Round round, Duration afterClose) {
        var end = round.closesAt().plus(afterClose);
        return clock.instant().isBefore(end)
                ? Optional.empty()
                : Optional.of(Refusal.of("votes.paper.refused.late", berlin(end))
                        .withWayOut("/votes/" + round.slug() + "/paper", "votes.paper.back"));
    }

    /** Why no ballot is taken now; empty while the round is open. */
    Optional<Refusal> refusal(Round round) {
        return switch (round.phase(clock.instant())) {
            case OPEN -> Optional.empty();
            case PREPARED -> Optional.of(none());
            case ANNOUNCED ->
                Optional.of(Refusal.of("votes.refused.not-yet", berlin(round.opensAt()))
                        .withWayOut("/votes/" + round.slug(), "votes.refused.read"));
            case HELD ->
                Optional.of(Refusal.of("votes.refused.held", round.heldBecause().orElseThrow())
                        .withWayOut("/votes/" + round.slug(), "votes.refused.read"));
            case CLOSED, COUNTED, PUBLISHED ->
                Optional.of(Refusal.of("votes.refused.over", berlin(round.closesAt()))
                        .withWayOut("/votes/" + round.slug(), "votes.refused.read"));
        };
    }

    /** Why nobody votes in a round that is not there, or not announced yet. */
    static Refusal none() {
        return Refusal.of("votes.refused.none").withWayOut("/votes", "votes.refused.other-rounds");
    }

    /** Day and time of day for a sentence. */
    private static LocalDateTime berlin(Instant at) {
        return LocalDateTime.ofInstant(at, Time.ZONE);
    }
}
