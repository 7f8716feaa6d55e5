package motette.audit;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that were sealed together. Hashes and keys are hexadecimal, as people read and copy them.
 *
 * @param number    from 1 without a gap
 * @param previous  hash of the block before; empty in the first
 * @param root      Merkle tree hash of its rows
 * @param entries   how many rows; 0 only in a block that announces a key
 * @param first     lowest id of its rows; 0 where there is none
 * @param last      highest id of its rows
 * @param key       fingerprint of the key that signed it
 * @param next      fingerprint of the key that signs from the next block on; empty while it stays
 * @param signature Ed25519 over {@link #header}
 */
@Introspected
record Block(
        long number,
        String previous,
        String root,
        long entries,
        long first,
        long last,
        Instant sealedAt,
        String key,
        String next,
        String signature) {

    Block {
        if (number < 1 || entries < 0 || previous.isEmpty() != (number == 1)) {
            throw new Canonical.Unfit("its number, its count and the block before it do not fit together");
        }
    }

    static Block sealed(
            long number,
            String previous,
            Hashes.Tree tree,
            long first,
            long last,
            Instant at,
            SigningKey key,
            String next) {
        var root = HexFormat.of().formatHex(tree.root());
        var unsigned = new Block(
                number,
                previous,
                root,
                tree.count(),
                first,
                last,
                at,
                key.published().id(),
                next,
                "");
        return unsigned.signed(HexFormat.of().formatHex(key.sign(unsigned.header())));
    }

    private Block signed(String signature) {
        return new Block(number, previous, root, entries, first, last, sealedAt, key, next, signature);
    }

    /** Everything but the signature, canonical: what is signed, and what the next block keeps the hash of. */
    byte[] header() {
        return Canonical.bytes(told());
    }

    /** Everything but the signature, by name. */
    Map<String, Object> told() {
        var header = new TreeMap<String, Object>();
        header.put("motette-audit-block", number);
        header.put("previous", previous);
        header.put("root", root);
        header.put("entries", entries);
        header.put("first", first);
        header.put("last", last);
        header.put("sealed", sealedAt.toString());
        header.put("key", key);
        header.put("next", next);
        return header;
    }

    String hash() {
        return HexFormat.of().formatHex(Hashes.block(header()));
    }
}
