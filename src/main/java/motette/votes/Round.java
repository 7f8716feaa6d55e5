package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A voting round with the facts its phase follows from.
 *
 * @param mostPoints   1 to 10 with {@link BallotForm#POINTS}, else 0
 * @param minimumAge   years, as the difference of calendar years; 0 asks for none
 * @param closesAt     first moment at which no ballot is taken any more; after all prolongations
 * @param rule         key of the rule that lays out the result
 * @param leastVotes   votes below which a candidate is not proposed
 * @param heldBecause  reason of the hold that runs; empty where none does
 * @param tieHash      SHA-256 of the seed of the tie order, hexadecimal; empty before the announcement
 * @param tieSeed      the seed itself, hexadecimal; not to be shown before the close
 * @param districts    where it takes place, in the order of the city
 */
@Introspected
record Round(
        long id,
        String slug,
        String title,
        String intro,
        BallotForm form,
        int mostPoints,
        boolean furtherDistrict,
        int minimumAge,
        Instant opensAt,
        Instant closesAt,
        String rule,
        int leastVotes,
        Optional<Instant> announcedAt,
        Optional<String> heldBecause,
        Optional<Instant> countedAt,
        Optional<Instant> publishedAt,
        String tieHash,
        String tieSeed,
        List<RoundDistrict> districts) {

    /** @param budgetCents the money this round is about there, above zero */
    @Introspected
    record RoundDistrict(String key, String name, String slug, long budgetCents) {}

    Phase phase(Instant now) {
        if (announcedAt.isEmpty()) {
            return Phase.PREPARED;
        } else if (publishedAt.isPresent()) {
            return Phase.PUBLISHED;
        } else if (countedAt.isPresent()) {
            return Phase.COUNTED;
        } else if (!now.isBefore(closesAt)) {
            return Phase.CLOSED;
        } else if (now.isBefore(opensAt)) {
            return Phase.ANNOUNCED;
        } else {
            return heldBecause.isPresent() ? Phase.HELD : Phase.OPEN;
        }
    }

    boolean takesPlaceIn(String districtKey) {
        return districts.stream().anyMatch(district -> district.key().equals(districtKey));
    }

    Optional<RoundDistrict> district(String districtKey) {
        return districts.stream().filter(one -> one.key().equals(districtKey)).findFirst();
    }

    /** Most points a candidate can get on a ballot. */
    int most() {
        return form == BallotForm.POINTS ? mostPoints : 1;
    }
}
