package motette.signin.oidc;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider as the operator wrote it, below {@code motette.oidc.<key>}; the decision record 0017 has examples.
 *
 * @param key                  stands in addresses and rows: small letters, digits and hyphens
 * @param clientSecret         this or the client key
 * @param clientKey            private JWK (RSA or EC) for private_key_jwt, as JSON
 * @param clientAuthentication client_secret_basic or client_secret_post; a client key always signs
 * @param people               staff or residents
 * @param label                what the button says, by language
 * @param order                place on the sign-in page, small ones first
 * @param hosts                hosts that discovery may name beside the issuer's own
 * @param acrValues            what is asked of the provider
 * @param levelLow             words of the provider that mean this level; without them those of STORK and eIDAS
 * @param leastLevel           whoever comes with less is not signed in
 * @param strongLevel          level that counts as a second factor; empty for none
 * @param strongAmr            methods (RFC 8176) of which one counts as a second factor
 * @param userInfo             whether the provider's UserInfo is asked for claims that the token does not hold
 * @param emailTrusted         whether an address is taken as shown without the claim email_verified, and kept for new people
 * @param claims               which claim holds what: email, level and the attributes of {@code ClaimsSeen}
 */
@EachProperty("motette.oidc")
record ProviderSettings(
        @Parameter String key,
        URI issuer,
        String clientId,
        @Nullable String clientSecret,
        @Nullable String clientKey,
        @Bindable(defaultValue = "client_secret_basic") String clientAuthentication,
        @Bindable(defaultValue = "residents") String people,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT) @Nullable
        Map<String, String> label,

        @Bindable(defaultValue = "0") int order,
        @Nullable List<String> scopes,
        @Nullable List<String> hosts,
        @Nullable List<String> acrValues,
        @Nullable List<String> levelLow,
        @Nullable List<String> levelSubstantial,
        @Nullable List<String> levelHigh,
        @Bindable(defaultValue = "none") String leastLevel,
        @Bindable(defaultValue = "") String strongLevel,
        @Nullable List<String> strongAmr,
        @Bindable(defaultValue = "false") boolean userInfo,
        @Bindable(defaultValue = "false") boolean emailTrusted,

        @MapFormat(transformation = MapFormat.MapTransformation.FLAT) @Nullable
        Map<String, String> claims) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return "motette.oidc." + key;
    }
}
