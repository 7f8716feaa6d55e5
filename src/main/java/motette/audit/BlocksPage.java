package motette.audit;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * The blocks, the newest first.
 *
 * @param before only blocks with a smaller number; 0 on the first page
 * @param more   whether older ones follow
 * @param keys   fingerprints of all keys, the oldest first
 */
@Introspected
record BlocksPage(List<Block> blocks, long before, boolean more, List<SealKey> keys) {

    String older() {
        return "/audit/blocks?before=" + blocks.getLast().number();
    }

    /** A key that signs blocks, as people compare it. */
    @Introspected
    record SealKey(String fingerprint, java.time.Instant from) {}
}
