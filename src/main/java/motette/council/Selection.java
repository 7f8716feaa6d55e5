package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Map;
import motette.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a body means to pay for of all that stands on its agenda, as it was saved last.
 *
 * @param version 0 before anything was saved
 * @param basis   the proposal it started from: "round", a key of a rule, or empty
 * @param run     the recorded run of that rule; null without
 * @param moved   whether it is a list of motions
 * @param lines   by item
 * @param at      null before anything was saved
 */
@Introspected
record Selection(
        int version,
        String basis,
        @Nullable Long run,
        boolean moved,
        Map<Long, Line> lines,
        @Nullable Instant at) {

    static final Selection EMPTY = new Selection(0, "", null, false, Map.of(), null);

    /**
     * @param cost     nothing where it is not known
     * @param amount   what is to be moved; nothing where it is not chosen
     * @param proposed whether the basis pays for it
     * @param reason   why it is otherwise than proposed; may be empty where it is not
     */
    @Introspected
    record Line(long item, boolean chosen, Money cost, Money amount, boolean proposed, String reason) {

        /** Whether somebody has to say why: it is chosen without being proposed, not chosen though it is, or granted in part. */
        boolean differs() {
            return chosen != proposed || chosen && !amount.equals(cost);
        }

        String kind() {
            return amount.equals(cost) || cost.isZero() ? "granted" : "granted-in-part";
        }
    }
}
