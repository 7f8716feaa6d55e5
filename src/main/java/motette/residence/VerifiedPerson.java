package motette.residence;

import java.time.LocalDate;

/**
 * What an identity provider vouches for. Only the quarter and perhaps the year of birth are kept of it, and keyed hashes.
 *
 * @param street     with number; empty where the provider gives no address, as is the postcode
 * @param quarterKey key of the quarter where the provider knows it; empty otherwise, then the postcode decides
 */
public record VerifiedPerson(
        String givenNames,
        String familyName,
        LocalDate born,
        String street,
        String postcode,
        String quarterKey,
        Assurance assurance) {

    /** Where nobody vouches for it yet, as for a letter that is on its way. */
    public static final Assurance NOT_ASSURED = Assurance.LOW;

    /** Never in a log. */
    @Override
    public String toString() {
        return "VerifiedPerson";
    }
}
