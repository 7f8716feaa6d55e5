package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.bodies.Body;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * The circulations of a body.
 *
 * @param form    null for whoever may not begin one
 * @param waiting what the body could be asked about
 */
@Introspected
record CirculationsPage(
        Body body,
        List<Circulation> all,
        @Nullable CirculationForm form,
        List<WaitingMatter> waiting,
        Problems problems) {}
