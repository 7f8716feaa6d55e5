package motette.residence;

import java.util.Optional;

/**
 * Residence as it was shown, ready for the roll.
 *
 * @param birthYear 0 where no rule needs it
 * @param witnessId the coordinator who saw the card; 0 for the other ways
 */
record Claim(long personId, Way way, String quarterKey, int birthYear, IdentityKeys keys, long witnessId) {

    Optional<Integer> keptBirthYear() {
        return birthYear == 0 ? Optional.empty() : Optional.of(birthYear);
    }

    Optional<Long> witness() {
        return witnessId == 0 ? Optional.empty() : Optional.of(witnessId);
    }
}
