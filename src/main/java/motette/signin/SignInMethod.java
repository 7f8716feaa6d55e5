package motette.signin;

import java.util.Locale;

/** How somebody showed who they are; the key is the word in {@code sign_ins.method}. */
public enum SignInMethod {
    /** A link in a mail. */
    LINK,
    /** A six-digit code from a mail. */
    CODE,
    /** A passkey, with the person verified by their device: two factors in one. */
    PASSKEY,
    /** Another party that the city trusts, by OpenID Connect. */
    OIDC,
    /** A button of the demo city; counts as strong. */
    DEMO;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
