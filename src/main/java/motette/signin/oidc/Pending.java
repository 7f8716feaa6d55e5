package motette.signin.oidc;

import java.util.Map;

/**
 * A proven identity that no account here knows yet, kept sealed in the browser until the person says which account is theirs.
 *
 * @param email what the provider vouched for; empty for none
 * @param next  path of this site that the person wanted
 */
record Pending(String provider, String subject, String level, String acr, String email, String next) {

    static Pending of(Assertion assertion, String next) {
        return new Pending(
                assertion.provider(),
                assertion.subject(),
                assertion.level().key(),
                assertion.acr(),
                assertion.email(),
                next);
    }

    Map<String, String> told() {
        return Map.of(
                "provider", provider, "subject", subject, "level", level, "acr", acr, "email", email, "next", next);
    }

    static Pending of(Map<String, String> told) {
        return new Pending(
                told.getOrDefault("provider", ""),
                told.getOrDefault("subject", ""),
                told.getOrDefault("level", "none"),
                told.getOrDefault("acr", ""),
                told.getOrDefault("email", ""),
                told.getOrDefault("next", "/"));
    }

    /** Logs hold no personal data. */
    @Override
    public String toString() {
        return "Pending[provider=" + provider + "]";
    }
}
