package motette.votes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The order on the ballot, drawn from the seed that also breaks ties: anybody can draw it again once the seed is published. An idea
 * with the lower SHA-256 of the seed, ":lot:" and its number stands before the others.
 */
final class BallotOrder {

    private BallotOrder() {}

    /** @param ideas their numbers, in any order */
    static List<Long> order(byte[] seed, Collection<Long> ideas) {
        return ideas.stream()
                .sorted(Comparator.<Long, byte[]>comparing(
                        idea -> sha256(seed, ":lot:" + idea), Arrays::compareUnsigned))
                .toList();
    }

    static byte[] sha256(byte[] seed, String text) {
        try {
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(seed);
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
