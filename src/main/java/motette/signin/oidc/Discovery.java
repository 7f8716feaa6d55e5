package motette.signin.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a provider says of itself (OpenID Connect Discovery 1.0), asked for when it is first needed and then once an hour. A key that is
 * not among those known makes us ask for the keys again, at most twice in half a minute.
 */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private static final Duration HOLDS = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final String provider;
    private final URI issuer;
    private final Outside outside;
    private final Clock clock;

    private @Nullable Known known;
    private Instant asksAgain = Instant.EPOCH;

    Discovery(String provider, URI issuer, Outside outside, Clock clock) {
        this.provider = provider;
        this.issuer = issuer;
        this.outside = outside;
        this.clock = clock;
    }

    /** The provider's own word, checked. */
    record Known(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /** A provider that does not answer is left alone for some seconds; what it said before holds on meanwhile. */
    synchronized Known known() throws SignInFault {
        var now = clock.instant();
        if (!now.isBefore(asksAgain)) {
            try {
                known = ask();
                asksAgain = now.plus(HOLDS);
            } catch (IOException | ParseException fault) {
                asksAgain = now.plus(PAUSE);
                LOG.warn("provider does not answer provider={} why={}", provider, fault.toString());
            }
        }
        if (known == null) {
            throw new SignInFault(SignInFault.Why.UNREACHABLE, "discovery");
        } else {
            return known;
        }
    }

    private Known ask() throws IOException, ParseException {
        var address = URI.create(issuer.toString().replaceFirst("/+$", "") + "/.well-known/openid-configuration");
        var metadata = OIDCProviderMetadata.parse(
                outside.retrieveResource(address.toURL()).getContent());
        check(metadata);
        URL keys = metadata.getJWKSetURI().toURL();
        return new Known(
                metadata,
                JWKSourceBuilder.<SecurityContext>create(keys, outside).build());
    }

    private void check(OIDCProviderMetadata metadata) throws IOException {
        if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
            throw new IOException("calls itself " + metadata.getIssuer());
        }
        demand("authorization_endpoint", metadata.getAuthorizationEndpointURI());
        demand("token_endpoint", metadata.getTokenEndpointURI());
        demand("jwks_uri", metadata.getJWKSetURI());
        var methods = metadata.getCodeChallengeMethods();
        if (methods != null && !methods.contains(CodeChallengeMethod.S256)) {
            throw new IOException("offers no PKCE with S256");
        }
    }

    private void demand(String name, @Nullable URI endpoint) throws IOException {
        if (endpoint == null || !outside.isAllowed(endpoint)) {
            throw new IOException(
                    name + " is not an allowed address: " + (endpoint == null ? "none" : Outside.host(endpoint)));
        }
    }
}
