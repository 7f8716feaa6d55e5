package motette.signin;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * What somebody signs in with, for an administrator.
 *
 * @param reason as it was typed
 * @param done   whether it was just taken away
 */
@Introspected
record FactorResetPage(long id, String pseudonym, Factors.Held held, String reason, Problems problems, boolean done) {

    boolean any() {
        return held.any() || held.codes() > 0;
    }
}
