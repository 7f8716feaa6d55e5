package motette.residence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keyed hashes of a person.
 *
 * @param birth   of name and date of birth
 * @param address of name and address; empty where no address is known
 */
record IdentityKeys(byte[] birth, byte[] address) {

    Optional<byte[]> knownAddress() {
        return address.length == 0 ? Optional.empty() : Optional.of(address);
    }

    List<byte[]> all() {
        var all = new ArrayList<byte[]>();
        all.add(birth);
        knownAddress().ifPresent(all::add);
        return all;
    }
}
