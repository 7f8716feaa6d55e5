package motette.residence;

import java.time.LocalDate;

/**
 * Who somebody is, for the moment of a request. It is turned into keyed hashes and never kept, except sealed for a letter or
 * for the ten minutes at a desk.
 *
 * @param street with number; empty where there is no address
 */
record Identity(String givenNames, String familyName, LocalDate born, String street, String postcode) {

    boolean hasAddress() {
        return !street.isBlank() && !postcode.isBlank();
    }

    /** The hashes by which the roll knows a person. */
    IdentityKeys keys(Keys keys) {
        var name = Folded.name(givenNames, familyName);
        var place = Folded.street(street) + "|" + postcode;
        return new IdentityKeys(
                keys.hash(Keys.Purpose.BIRTH, name + "|" + born),
                hasAddress() ? keys.hash(Keys.Purpose.ADDRESS, name + "|" + place) : new byte[0]);
    }

    /** The hash of everything, by which a line of a register extract is found. */
    byte[] entry(Keys keys) {
        return keys.hash(
                Keys.Purpose.ENTRY,
                Folded.name(givenNames, familyName) + "|" + born + "|" + Folded.street(street) + "|" + postcode);
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return "Identity";
    }
}
