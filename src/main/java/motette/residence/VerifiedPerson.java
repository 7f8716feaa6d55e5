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
        Assurance assurance) {}
