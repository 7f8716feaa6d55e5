package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import motette.ideas.IdeaState;

/**
 * What a council decided about an idea.
 *
 * @param amountCents 0 unless granted
 */
@Introspected
record LatestDecision(
        long idea, String title, String quarter, String body, IdeaState state, long amountCents, LocalDate on) {}
