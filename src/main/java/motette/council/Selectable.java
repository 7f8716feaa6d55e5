package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.ideas.OpenIdea;
import motette.shared.Money;
import motette.votes.RoundOutcomes;
import org.jspecify.annotations.Nullable;

/**
 * What can be selected: a public item about an idea or an application on which nothing is resolved.
 *
 * @param idea      the open idea; null for an application without one
 * @param cost      of the idea, or asked of the fund; nothing where it is not known
 * @param outcome   of the voting round published last; null where nobody voted on it
 * @param statement state of the administration's statement, as {@code statements.state.*} names it
 * @param given     whether a statement stands
 */
@Introspected
record Selectable(
        RoomItem item,
        @Nullable OpenIdea idea,
        Money cost,
        RoundOutcomes.@Nullable Outcome outcome,
        String statement,
        boolean given) {

    /** Its idea's number; 0 without. */
    long number() {
        return idea == null ? 0 : idea.number();
    }

    String path() {
        return item.application() != null ? "/applications/" + item.application() : "/ideas/" + number();
    }
}
