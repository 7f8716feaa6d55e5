package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * One session.
 *
 * @param form         what who plans typed or would change; null for who only reads, and when it is over
 * @param cancelling   whether the form that came back is the one that cancels
 * @param said         what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record SessionPage(
        CouncilSession session,
        boolean over,
        List<Earlier> earlier,
        @Nullable SessionForm form,
        boolean cancelling,
        Problems problems,
        String said) {}
