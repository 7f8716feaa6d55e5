package motette.signin.oidc;

import io.micronaut.http.HttpStatus;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A sign-in with a provider that did not come to its end; the person reads a sentence, the operator a line in the log. */
final class SignInFault extends Exception {

    /** Which sentence is told. */
    enum Why {
        /** The provider does not answer, or answers that it cannot now. */
        UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE),
        /** The person said no, or the provider did. */
        DENIED(HttpStatus.FORBIDDEN),
        /** Not begun in this browser, begun too long ago, or done already. */
        STALE(HttpStatus.GONE),
        /** What came back does not prove who somebody is. */
        UNPROVEN(HttpStatus.BAD_GATEWAY),
        /** The provider is less sure of the person than the city asks. */
        LEVEL(HttpStatus.FORBIDDEN);

        private final HttpStatus status;

        Why(HttpStatus status) {
            this.status = status;
        }

        HttpStatus status() {
            return status;
        }

        static Optional<Why> find(String key) {
            return Arrays.stream(values()).filter(why -> why.key().equals(key)).findFirst();
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Why why;

    /** @param detail for the log: no claims, no codes, no tokens */
    SignInFault(Why why, String detail) {
        super(detail, null, false, false);
        this.why = why;
    }

    Why why() {
        return why;
    }
}
