package motette.signin.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.security.PrivateKey;
import java.text.ParseException;
import java.util.Optional;

/** How we show a provider that it is us who ask: a secret, or a signed statement (private_key_jwt, RFC 7523). */
@FunctionalInterface
interface ClientProof {

    /** @param tokenEndpoint who the statement is for */
    ClientAuthentication to(URI tokenEndpoint);

    /** @throws IllegalArgumentException naming the setting that is missing or cannot be */
    static ClientProof of(ProviderSettings settings) {
        var client = new ClientID(settings.clientId());
        var jwk = Optional.ofNullable(settings.clientKey()).filter(text -> !text.isBlank());
        if (jwk.isPresent()) {
            return signing(settings, client, jwk.get());
        } else {
            var secret = Optional.ofNullable(settings.clientSecret())
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> new IllegalArgumentException(
                            settings + " needs a client-secret, or a client-key for private_key_jwt"));
            return switch (settings.clientAuthentication()) {
                case "client_secret_basic" -> endpoint -> new ClientSecretBasic(client, new Secret(secret));
                case "client_secret_post" -> endpoint -> new ClientSecretPost(client, new Secret(secret));
                default ->
                    throw new IllegalArgumentException(settings + ".client-authentication is '"
                            + settings.clientAuthentication()
                            + "'; it is client_secret_basic or client_secret_post");
            };
        }
    }

    private static ClientProof signing(ProviderSettings settings, ClientID client, String json) {
        try {
            var jwk = JWK.parse(json);
            var algorithm = algorithm(jwk);
            PrivateKey key = switch (jwk) {
                case RSAKey rsa -> rsa.toPrivateKey();
                case ECKey curve -> curve.toPrivateKey();
                default -> throw new IllegalArgumentException(settings + ".client-key is neither RSA nor EC");
            };
            if (key == null) {
                throw new IllegalArgumentException(settings + ".client-key has no private part");
            }
            return endpoint -> {
                try {
                    return new PrivateKeyJWT(client, endpoint, algorithm, key, jwk.getKeyID(), null);
                } catch (JOSEException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ParseException | JOSEException unreadable) {
            throw new IllegalArgumentException(settings + ".client-key is no JWK", unreadable);
        }
    }

    private static JWSAlgorithm algorithm(JWK jwk) {
        if (jwk.getAlgorithm() != null) {
            return JWSAlgorithm.parse(jwk.getAlgorithm().getName());
        } else if (jwk instanceof ECKey curve) {
            return Curve.P_384.equals(curve.getCurve())
                    ? JWSAlgorithm.ES384
                    : Curve.P_521.equals(curve.getCurve()) ? JWSAlgorithm.ES512 : JWSAlgorithm.ES256;
        } else {
            return JWSAlgorithm.PS256;
        }
    }
}
