package motette.signin.oidc;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import motette.shared.KeptSecrets;

/**
 * What a browser keeps for us for some minutes and can neither read nor change: A256GCM in a JWE (RFC 7516) under a key that
 * outlives a change of secrets. So nothing is written for somebody who only begins, and only the browser that began can go on. SameSite is
 * Lax: the provider leads back by a plain navigation.
 */
@Singleton
class SealedCookies {

    private final SecretKey key;
    private final boolean secure;
    private final Clock clock;

    SealedCookies(KeptSecrets kept, @Value("${motette.secure-cookies}") boolean secure, Clock clock) {
        this.key = new SecretKeySpec(kept.of("oidc").hash("cookie", ""), "AES");
        this.secure = secure;
        this.clock = clock;
    }

    /**
     * @param name what it is for; one sealed for another name does not open
     */
    Cookie seal(String name, Map<String, String> told, Duration holds) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .audience(name)
                    .expirationTime(Date.from(clock.instant().plus(holds)));
            told.forEach(claims::claim);
            var sealed = new EncryptedJWT(new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM), claims.build());
            sealed.encrypt(new DirectEncrypter(key));
            return cookie(name, sealed.serialize(), holds);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty when there is none, it is over, or it was not sealed here for this name. */
    Optional<Map<String, String>> open(HttpRequest<?> request, String name) {
        return request.getCookies().findCookie(full(name)).flatMap(cookie -> open(cookie.getValue(), name));
    }

    Cookie gone(String name) {
        return cookie(name, "", Duration.ZERO);
    }

    private Optional<Map<String, String>> open(String sealed, String name) {
        try {
            var jwt = EncryptedJWT.parse(sealed);
            jwt.decrypt(new DirectDecrypter(key));
            var claims = jwt.getJWTClaimsSet();
            var holds = claims.getAudience().contains(name)
                    && clock.instant().isBefore(claims.getExpirationTime().toInstant());
            return holds
                    ? Optional.of(claims.getClaims().entrySet().stream()
                            .filter(claim -> claim.getValue() instanceof String)
                            .collect(Collectors.toMap(Map.Entry::getKey, claim -> String.valueOf(claim.getValue()))))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalStateException notOurs) {
            return Optional.empty();
        }
    }

    private Cookie cookie(String name, String value, Duration holds) {
        return Cookie.of(full(name), value)
                .path("/")
                .maxAge(holds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(SameSite.Lax);
    }

    private String full(String name) {
        return (secure ? "__Host-" : "") + "motette-oidc-" + name;
    }

    static byte[] sha256(String... parts) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Stream.of(parts).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
