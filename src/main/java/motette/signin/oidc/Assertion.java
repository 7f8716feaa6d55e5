package motette.signin.oidc;

import java.util.Map;
import motette.signin.Assurance;
import motette.signin.ClaimsSeen.Attribute;

/**
 * Who somebody is, as a provider said and proved.
 *
 * @param acr        the word of the provider that the level was read from; empty where it said none
 * @param strong     whether it counts as a second factor by the rule of the configuration
 * @param email      lower case, shown to be the person's own; empty for none
 * @param emailKept  whether a new person keeps it
 * @param session    the claim sid; empty for none
 * @param claims     for mappings to roles
 * @param attributes for {@code ClaimsSeen}
 */
record Assertion(
        String provider,
        String subject,
        Assurance level,
        String acr,
        boolean strong,
        String email,
        boolean emailKept,
        String session,
        Claims claims,
        Map<Attribute, String> attributes) {

    /** Logs hold no personal data. */
    @Override
    public String toString() {
        return "Assertion[provider=" + provider + ", level=" + level + "]";
    }
}
