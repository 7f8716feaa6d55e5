package motette.audit;

import java.util.Optional;
import java.util.function.Predicate;

/** Whose turn it is to sign the next block. */
enum Turn {
    /** The configured key goes on, or begins. */
    OURS,
    /** The key before announces the configured one in a last block of its own. */
    HANDS_OVER,
    /** The key before is lost and the operator said so: the configured one takes over, and who checks must be told. */
    TAKES_OVER,
    /** The configured key has been succeeded by another: this copy was not restarted with the new one. */
    SUCCEEDED,
    /** The configured key is unknown and nobody announces it. */
    STRANGER;

    /**
     * @param due   fingerprint of the key that the last block expects; empty where there is no block
     * @param known whether a key has signed or been announced before
     */
    static Turn of(Optional<String> due, SigningKey ours, SigningKeys keys, Predicate<String> known) {
        var id = ours.published().id();
        if (due.isEmpty() || due.get().equals(id)) {
            return OURS;
        } else if (keys.before()
                .filter(key -> due.get().equals(key.published().id()))
                .isPresent()) {
            return HANDS_OVER;
        } else if (known.test(id)) {
            return SUCCEEDED;
        } else {
            return keys.lost() ? TAKES_OVER : STRANGER;
        }
    }

    boolean seals() {
        return this == OURS || this == HANDS_OVER || this == TAKES_OVER;
    }
}
