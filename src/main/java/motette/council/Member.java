package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.Locale;

/**
 * Somebody who sits in a body and is invited to its sessions.
 *
 * @param email empty where they have none here: they get a letter
 */
@Introspected
record Member(long personId, String name, String email, Locale language) {

    boolean hasEmail() {
        return !email.isEmpty();
    }
}
