package motette.places;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What browsers draw maps and patterns of, with its entity tag. */
class OutlinesFile {

    private final byte[] bytes;
    private final String tag;

    private OutlinesFile(byte[] bytes) {
        this.bytes = bytes;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            this.tag = '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The simplified outlines, byte for byte as the city pack has them, and the patterns made of them. */
    @Factory
    static class Files {

        @Singleton
        @Named("outlines")
        OutlinesFile outlines(CityPack pack) {
            return new OutlinesFile(pack.bytes("outlines.json"));
        }

        @Singleton
        @Named("patterns")
        OutlinesFile patterns(Patterns patterns) {
            return new OutlinesFile(patterns.sprite().getBytes(StandardCharsets.UTF_8));
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
