package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import motette.residence.CardSeen;
import motette.residence.Residences;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Time;

/** Who may vote by the identity card that a coordinator sees: the same rules and the same entry in the roll as on the web. */
@Singleton
class CardVoters {

    private final Residences residences;
    private final RoundKeys keys;
    private final Urn urn;
    private final Clock clock;

    CardVoters(Residences residences, RoundKeys keys, Urn urn, Clock clock) {
        this.residences = residences;
        this.keys = keys;
        this.urn = urn;
        this.clock = clock;
    }

    /** What came of a card. */
    sealed interface Look {

        record May(Voter voter) implements Look {}

        record Wrong(Problems problems) implements Look {}

        record No(Refusal refusal) implements Look {}
    }

    /** @param back where the coordinator goes on after a no */
    @Transactional(readOnly = true)
    public Look look(Map<String, String> typed, Round round, String back) {
        return switch (residences.seen(typed)) {
            case CardSeen.Wrong wrong -> new Look.Wrong(wrong.problems());
            case CardSeen.Unclear unclear -> new Look.No(unclear.refusal());
            case CardSeen.Known known -> {
                var voter = voter(known, round);
                yield refusal(known, voter, round)
                        .<Look>map(why -> new Look.No(why.withWayOut(back, "votes.paper.next-person")))
                        .orElseGet(() -> new Look.May(voter));
            }
        };
    }

    private Voter voter(CardSeen.Known known, Round round) {
        return new Voter(
                keys.voter(round.id(), known.identity()),
                known.personId(),
                known.quarter().districtKey(),
                known.quarter().key(),
                Voter.ageGroup(known.keptBirthYear(), year()));
    }

    private Optional<Refusal> refusal(CardSeen.Known known, Voter voter, Round round) {
        if (!round.takesPlaceIn(voter.districtKey()) && !round.furtherDistrict()) {
            return Optional.of(
                    Refusal.of("votes.paper.refused.elsewhere", known.quarter().districtName()));
        } else if (round.minimumAge() > 0 && year() - known.birthYear() < round.minimumAge()) {
            return Optional.of(Refusal.of(
                    "residence.refused.age",
                    (long) round.minimumAge(),
                    String.valueOf(known.birthYear() + round.minimumAge())));
        } else {
            return urn.channel(round, voter).map(channel -> Refusal.of("votes.paper.refused.voted." + channel.key()));
        }
    }

    private int year() {
        return LocalDate.now(clock.withZone(Time.ZONE)).getYear();
    }
}
