package motette.signin;

import io.micronaut.core.annotation.Introspected;
import java.util.List;

/**
 * What somebody sees of their sign-ins.
 *
 * @param said what was just ended: one, others or nothing
 */
@Introspected
record DevicesPage(List<SignInRow> rows, String said) {

    public boolean hasOthers() {
        return rows.size() > 1;
    }
}
