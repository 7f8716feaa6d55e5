package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import motette.people.Visitor;
import motette.residence.Residence;
import motette.residence.Residences;
import motette.shared.Refusal;
import motette.shared.Time;

/** Who may vote in a round, and why somebody may not: asked of the proof of residence, in one place. */
@Singleton
class Voters {

    private final Residences residences;
    private final RoundKeys keys;
    private final Clock clock;

    Voters(Residences residences, RoundKeys keys, Clock clock) {
        this.residences = residences;
        this.keys = keys;
        this.clock = clock;
    }

    /** Why somebody may not vote in a round, with the way out; empty when they may. */
    @Transactional(readOnly = true)
    public Optional<Refusal> refusal(Visitor visitor, Round round) {
        return refusal(visitor, round, residences.of(visitor.personId()));
    }

    /** The entry that somebody has or would have in the roll; empty when {@link #refusal} says why. */
    @Transactional(readOnly = true)
    public Optional<Voter> of(Visitor visitor, Round round) {
        var residence = residences.of(visitor.personId());
        return refusal(visitor, round, residence).isPresent()
                ? Optional.empty()
                : residence
                        .proof()
                        .flatMap(proof -> residences
                                .identity(visitor.personId())
                                .map(identity -> voter(visitor, round, proof, identity)));
    }

    private Optional<Refusal> refusal(Visitor visitor, Round round, Residence residence) {
        if (!visitor.isSignedIn()) {
            return Optional.of(Refusal.of("votes.refused.guest")
                    .withWayOut("/sign-in?next=/votes/" + round.slug() + "/review", "votes.refused.sign-in"));
        } else if (residence.proof().isEmpty()) {
            return Optional.of(Refusal.of("votes.refused.residence")
                    .withWayOut("/residence?next=/votes/" + round.slug() + "/review", "votes.refused.show-residence"));
        }
        var quarter = residence.proof().get().quarter();
        return round.takesPlaceIn(quarter.districtKey()) || round.furtherDistrict()
                ? residences.refusal(residence, quarter.districtKey(), round.minimumAge())
                : Optional.of(Refusal.of(
                                "votes.refused.elsewhere",
                                quarter.districtName(),
                                round.districts().stream()
                                        .map(Round.RoundDistrict::name)
                                        .toList())
                        .withWayOut("/votes", "votes.refused.other-rounds"));
    }

    private Voter voter(Visitor visitor, Round round, Residence.Proof proof, byte[] identity) {
        return new Voter(
                keys.voter(round.id(), identity),
                visitor.personId(),
                proof.quarter().districtKey(),
                proof.quarter().key(),
                Voter.ageGroup(
                        proof.birthYear(),
                        LocalDate.now(clock.withZone(Time.ZONE)).getYear()));
    }
}
