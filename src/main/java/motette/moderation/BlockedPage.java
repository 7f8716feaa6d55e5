package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.limits.Blocked;
import motette.shared.Problems;

/**
 * What the page of blocked addresses prints.
 *
 * @param lifting  id of the block whose lifting came back with a problem; 0 otherwise
 * @param lift     the reason for lifting as it was typed
 * @param said     blocked or lifted, to be said once; empty otherwise
 */
@Introspected
record BlockedPage(
        List<Blocked.Block> blocks, BlockForm form, Problems problems, long lifting, String lift, String said) {}
