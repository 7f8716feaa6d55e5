package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import motette.people.Visitor;
import motette.shared.Refused;

/** The step from a choice that a browser keeps to a ballot in the urn. */
@Singleton
class Casting {

    private final RoundGuard guard;
    private final RoundRepository rounds;
    private final Voters voters;
    private final Urn urn;
    private final KeptChoices choices;

    Casting(RoundGuard guard, RoundRepository rounds, Voters voters, Urn urn, KeptChoices choices) {
        this.guard = guard;
        this.rounds = rounds;
        this.voters = voters;
        this.urn = urn;
        this.choices = choices;
    }

    /** What became of it: it lies in the urn, or it is to be reviewed again. */
    enum Outcome {
        CAST,
        REVIEW
    }

    /**
     * Casts exactly what was reviewed. The same form sent again, while or after the first, finds its ballot cast.
     *
     * @param attempt the form that was reviewed; where the choice is another one by now, nothing is cast
     */
    @Transactional
    public Outcome cast(String slug, Visitor visitor, String ticket, String attempt) {
        var round = guard.open(slug);
        var voter = voters.of(visitor, round)
                .orElseThrow(() -> new Refused(voters.refusal(visitor, round)
                        .orElseThrow(() -> new IllegalStateException("Somebody may vote and has no entry"))));
        var kept = choices.find(ticket, round);
        if (kept.isEmpty()) {
            return urn.channel(round, voter).isPresent() ? Outcome.CAST : Outcome.REVIEW;
        } else if (!kept.get().attempt().equals(attempt)) {
            return Outcome.REVIEW;
        } else {
            var choice = kept.get().choice();
            var candidates = rounds.candidates(round.id());
            var further = further(round, candidates, choice, voter.districtKey());
            return switch (urn.cast(round, candidates, voter, further.orElse(""), choice, attempt)) {
                case Urn.Outcome.Cast cast -> {
                    choices.forget(ticket);
                    yield Outcome.CAST;
                }
                case Urn.Outcome.Wrong wrong -> Outcome.REVIEW;
            };
        }
    }

    /** The district in which somebody ticked besides their own; the first, should there be several, and then the ballot is wrong. */
    static Optional<String> further(Round round, List<Candidate> candidates, Choice choice, String home) {
        return round.furtherDistrict()
                ? candidates.stream()
                        .filter(candidate -> choice.pointsOf(candidate.number()) > 0)
                        .map(Candidate::districtKey)
                        .filter(district -> !district.equals(home))
                        .sorted()
                        .findFirst()
                : Optional.empty();
    }
}
