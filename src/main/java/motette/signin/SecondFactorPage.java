package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Refusal;

/**
 * What the page prints that offers passkey and authenticator app.
 *
 * @param staff    whether somebody decides for others and so needs a second factor
 * @param next     where they wanted to go before they were asked; empty when they came by themselves
 * @param said     what was just done: app-removed or nothing
 * @param refusals why nothing can be added now; empty when it can
 */
@Introspected
record SecondFactorPage(
        boolean staff, int passkeys, boolean app, int codes, String next, String said, List<Refusal> refusals) {

    boolean any() {
        return passkeys > 0 || app;
    }
}
