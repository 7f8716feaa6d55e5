package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.people.SentForm;
import motette.shared.Problems;

/**
 * What the page prints that asks for a second factor.
 *
 * @param again   where the carried form goes; empty when there is none
 * @param carried fields of the form that waits
 */
@Introspected
record ConfirmPage(
        String next,
        String again,
        List<SentForm.Field> carried,
        boolean passkey,
        boolean app,
        boolean codes,
        Problems problems) {

    static ConfirmPage of(Factors.Held held, Confirming.Asked asked, Problems problems) {
        return new ConfirmPage(
                asked.next(),
                asked.again(),
                asked.carried(),
                held.passkeys() > 0,
                held.app(),
                held.codes() > 0,
                problems);
    }

    /** Whether there is anything to confirm with. */
    boolean any() {
        return passkey || app || codes;
    }
}
