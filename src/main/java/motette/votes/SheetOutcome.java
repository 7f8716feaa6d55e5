package motette.votes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a ballot paper is, once it was looked at. */
enum SheetOutcome {
    VALID,
    /** Nothing ticked: takes part, and counts for nobody. */
    EMPTY,
    /** More than the rules allow, or words that say who wrote it. */
    INVALID,
    UNREADABLE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it goes into the urn. */
    boolean isBallot() {
        return this == VALID || this == EMPTY;
    }

    static Optional<SheetOutcome> find(String key) {
        return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
}
