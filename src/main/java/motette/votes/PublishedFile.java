package motette.votes;

import io.micronaut.core.annotation.Introspected;

/** A file of a published round, as the page lists it. */
@Introspected
record PublishedFile(String name, long bytes, String sha256) {

    /** What it is, for texts: "ballots" for a Pabulib file. */
    String kind() {
        return switch (name) {
            case RoundFiles.MANIFEST -> "manifest";
            case RoundFiles.RESULT -> "result";
            case RoundFiles.CANDIDATES -> "candidates";
            case RoundFiles.RECEIPTS -> "receipts";
            case RoundFiles.SEED -> "seed";
            default -> name.endsWith(".pb") ? "ballots" : "further";
        };
    }

    long kilobytes() {
        return Math.max(1, (bytes + 512) / 1024);
    }
}
