package motette.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * SHA-256 with one byte before what is hashed, which says what it is, so that none of these hashes can be taken for another.
 * Leaf and node are those of RFC 9162 (section 2.1.1, as in RFC 6962).
 */
final class Hashes {

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte COMMITMENT = 2;
    private static final byte BLOCK = 3;

    private Hashes() {}

    static byte[] leaf(byte[] entry) {
        return hash(LEAF, entry);
    }

    /** Of what is hidden behind its hash. */
    static byte[] commitment(byte[] hidden) {
        return hash(COMMITMENT, hidden);
    }

    static byte[] block(byte[] header) {
        return hash(BLOCK, header);
    }

    static byte[] plain(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hash(byte kind, byte[]... parts) {
        var all = new byte[parts.length + 1][];
        all[0] = new byte[] {kind};
        System.arraycopy(parts, 0, all, 1, parts.length);
        return plain(all);
    }

    /** The Merkle tree hash of leaves that come one by one; keeps as many hashes as the tree is high. */
    static final class Tree {

        /** Full subtrees, the largest first in time and last in the queue; the sizes are the set bits of the count. */
        private final Deque<byte[]> full = new ArrayDeque<>();

        private long count;

        void add(byte[] leaf) {
            var hash = leaf;
            for (long size = count; (size & 1) == 1; size >>= 1) {
                hash = hash(NODE, full.pop(), hash);
            }
            full.push(hash);
            count++;
        }

        long count() {
            return count;
        }

        /** Of the leaves so far; of none the hash of nothing, as in the RFC. */
        byte[] root() {
            var left = full.iterator();
            if (left.hasNext()) {
                var hash = left.next();
                while (left.hasNext()) {
                    hash = hash(NODE, left.next(), hash);
                }
                return hash;
            } else {
                return plain();
            }
        }
    }
}
