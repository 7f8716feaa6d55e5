package motette.places;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The simplified outlines for browsers, byte for byte as the city pack has them. */
@Singleton
class OutlinesFile {

    private final byte[] bytes;
    private final String tag;

    OutlinesFile(CityPack pack) {
        this.bytes = pack.bytes("outlines.json");
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            this.tag = '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] bytes() {
        return bytes;
    }

    /** The strong entity tag: a hash of the content. */
    String tag() {
        return tag;
    }

    /** Compares as If-None-Match asks: a list, perhaps weakened by a proxy on the way. */
    boolean isAmong(String known) {
        return Arrays.stream(known.split(","))
                .map(String::strip)
                .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
    }
}
