package motette.votes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * The lot that decides where votes and costs leave candidates equal: ascending SHA-256 of the seed, a colon and the number of the
 * candidate. The hash of the seed is published with the announcement and the seed after the close, so nobody can draw until it suits.
 */
final class Lot {

    private Lot() {}

    /** The one that wins first. */
    static List<Integer> order(byte[] seed, Collection<Integer> numbers) {
        Comparator<Integer> byLot = (a, b) -> Arrays.compareUnsigned(lot(seed, a), lot(seed, b));
        return numbers.stream().sorted(byLot.thenComparing(number -> number)).toList();
    }

    /** SHA-256 of all these bytes, lower-case hexadecimal. */
    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static byte[] lot(byte[] seed, int number) {
        var digest = digest();
        digest.update(seed);
        return digest.digest((":" + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
