package motette.signin.oidc;

import java.util.Map;

/**
 * One way to a provider and back. The browser that began it keeps it sealed; the provider sees the state, the nonce and a hash of
 * the verifier.
 *
 * @param verifier of PKCE (RFC 7636)
 * @param next     path of this site that the person wanted
 */
record Trip(String provider, String state, String nonce, String verifier, String next) {

    Map<String, String> told() {
        return Map.of("provider", provider, "state", state, "nonce", nonce, "verifier", verifier, "next", next);
    }

    static Trip of(Map<String, String> told) {
        return new Trip(
                told.getOrDefault("provider", ""),
                told.getOrDefault("state", ""),
                told.getOrDefault("nonce", ""),
                told.getOrDefault("verifier", ""),
                told.getOrDefault("next", "/"));
    }

    @Override
    public String toString() {
        return "Trip[provider=" + provider + "]";
    }
}
