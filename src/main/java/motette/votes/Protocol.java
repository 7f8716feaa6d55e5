package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is signed at the close of a round: lines under headings. The same rows give the same text, so that whoever signs second signs
 * what the first one did, and anybody can hash it again.
 */
@Introspected
record Protocol(String title, List<Part> parts) {

    @Introspected
    record Part(String heading, List<String> lines) {}

    String text() {
        return parts.stream()
                .map(part -> part.heading() + "\n" + String.join("\n", part.lines()))
                .collect(Collectors.joining("\n\n", title + "\n\n", "\n"));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(hash());
    }
}
