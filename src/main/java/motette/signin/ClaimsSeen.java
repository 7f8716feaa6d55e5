package motette.signin;

import java.util.Map;

/**
 * Somebody signed in with a provider that vouches for attributes of theirs. Announced inside the transaction of the sign-in, so
 * that a listener above can write its own row with it; nothing of the attributes is kept here. Only attributes that the
 * configuration names below {@code motette.oidc.<key>.claims} are announced, and nothing is when it names none.
 *
 * @param provider   key of the configuration
 * @param level      how sure the provider is
 * @param attributes as the provider wrote them, without surrounding blanks; never empty texts
 */
public record ClaimsSeen(long personId, String provider, Assurance level, Map<Attribute, String> attributes) {

    /** What a provider may vouch for; the key is the word in the configuration. */
    public enum Attribute {
        GIVEN_NAMES("given-names"),
        FAMILY_NAME("family-name"),
        /** As yyyy-mm-dd (OpenID Connect Core 1.0, section 5.1). */
        BIRTH_DATE("birth-date"),
        /** Four digits. */
        BIRTH_YEAR("birth-year"),
        /** With number. */
        STREET("street"),
        POSTAL_CODE("postal-code"),
        /** Key of a quarter of this city. */
        QUARTER("quarter");

        private final String key;

        Attribute(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /** Without the attributes: logs hold no personal data. */
    @Override
    public String toString() {
        return "ClaimsSeen[personId=" + personId + ", provider=" + provider + ", level=" + level + "]";
    }
}
