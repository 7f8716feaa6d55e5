package motette.signin;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in with, for an administrator.
 *
 * @param reason as it was typed
 * @param done   whether it was just taken away
 * @param refusal why it cannot be; null where it can
 */
@Introspected
record FactorResetPage(
        long id,
        String pseudonym,
        Factors.Held held,
        String reason,
        Problems problems,
        boolean done,
        @Nullable Refusal refusal) {

    boolean any() {
        return held.any() || held.codes() > 0;
    }
}
