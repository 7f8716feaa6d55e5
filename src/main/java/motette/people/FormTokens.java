package motette.people;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import motette.shared.Secrets;

/**
 * The hidden field {@code csrf} of every form: a keyed hash over the sign-in, so no other site can know it, and it ends with
 * the sign-in. It does not hang on the keys that sign tokens: those may change while somebody types.
 */
@Singleton
public class FormTokens {

    public static final String FIELD = "csrf";

    private static final String PURPOSE = "form";

    private final Secrets secrets;

    FormTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Empty for guests: without a sign-in there is nothing another site could misuse. */
    public String tokenFor(Visitor visitor) {
        return visitor.isSignedIn() ? HexFormat.of().formatHex(secrets.hash(PURPOSE, told(visitor))) : "";
    }

    boolean fits(Visitor visitor, String token) {
        return visitor.isSignedIn()
                ? token.matches("[0-9a-f]{64}")
                        && secrets.fits(PURPOSE, told(visitor), HexFormat.of().parseHex(token))
                : token.isEmpty();
    }

    private static String told(Visitor visitor) {
        return "sign-in " + visitor.signIn();
    }
}
