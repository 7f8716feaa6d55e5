package motette.votes;

import java.util.Arrays;
import java.util.Optional;

/**
 * Who votes in a round: an entry of its electoral roll.
 *
 * @param key         keyed hash, 32 bytes
 * @param personId    their account; 0 where there is none
 * @param districtKey where they live
 * @param ageGroup    as in the roll; empty where only the rule of an age asked for it, and none did
 */
@SuppressWarnings("ArrayRecordComponent")
record Voter(byte[] key, long personId, String districtKey, String quarterKey, String ageGroup) {

    /** The age group of a year of birth; empty where it is not known. */
    static String ageGroup(int birthYear, int year) {
        int age = year - birthYear;
        if (birthYear == 0 || age < 14) {
            return "";
        } else if (age < 18) {
            return "14-17";
        } else if (age < 30) {
            return "18-29";
        } else if (age < 45) {
            return "30-44";
        } else {
            return age < 65 ? "45-64" : "65+";
        }
    }

    Optional<Long> person() {
        return personId == 0 ? Optional.empty() : Optional.of(personId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Voter voter && Arrays.equals(key, voter.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "Voter";
    }
}
