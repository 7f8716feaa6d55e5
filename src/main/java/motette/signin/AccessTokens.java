package motette.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.micronaut.context.annotation.Value;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Singleton;
import java.security.Key;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens: short-lived JWTs after RFC 7519 and RFC 9068, signed with HMAC-SHA-256 by a key of the {@link KeyRing} and
 * bound to this site and this city. They say who somebody is; that the sign-in still runs says {@link EndedSignIns}.
 */
@Singleton
final class AccessTokens {

    /** How far the clocks of two copies may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final String ROLES = "roles";

    private final KeyRing ring;
    private final Clock clock;
    private final Duration life;
    private final String issuer;
    private final String audience;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    AccessTokens(
            KeyRing ring,
            Clock clock,
            @Value("${motette.sign-in.access}") Duration life,
            @Value("${motette.base-url}") String home,
            @Value("${motette.city}") String city) {
        this.ring = ring;
        this.clock = clock;
        this.life = life;
        this.issuer = home.replaceFirst("/+$", "");
        this.audience = city;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
        processor.setJWSKeySelector((header, context) -> keys(header));
        processor.setJWTClaimsSetVerifier((claims, context) -> check(claims));
    }

    Duration life() {
        return life;
    }

    String issue(Visitor visitor) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(String.valueOf(visitor.personId()))
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .claim(
                        ROLES,
                        visitor.roles().stream().map(RoleName::key).sorted().toList());
        visitor.claims().forEach(claims::claim);
        var key = ring.signing();
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(TYPE)
                            .keyID(key.id())
                            .build(),
                    claims.build());
            token.sign(new MACSigner(key.key()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty for whatever this site did not sign for itself with a key it knows, or that is not yet or no longer valid. */
    Optional<Authentication> read(String token) {
        try {
            var claims = processor.process(token, null);
            return Optional.of(
                    Authentication.build(claims.getSubject(), claims.getStringListClaim(ROLES), claims.getClaims()));
        } catch (ParseException | BadJOSEException | JOSEException unfit) {
            return Optional.empty();
        }
    }

    /** Whether the token names a key that this copy has not read. */
    boolean namesUnknownKey(String token) {
        try {
            var id = SignedJWT.parse(token).getHeader().getKeyID();
            return id != null && ring.find(id).isEmpty();
        } catch (ParseException unfit) {
            return false;
        }
    }

    /** No key for any other algorithm: neither "none" nor a public key taken for a secret gets in. */
    private List<Key> keys(JWSHeader header) {
        return JWSAlgorithm.HS256.equals(header.getAlgorithm()) && header.getKeyID() != null
                ? ring.find(header.getKeyID()).<Key>map(SigningKey::key).stream()
                        .toList()
                : List.of();
    }

    private void check(JWTClaimsSet claims) throws BadJWTException {
        var now = clock.instant();
        var expires = instant(claims.getExpirationTime());
        var notBefore = instant(claims.getNotBeforeTime());
        if (!issuer.equals(claims.getIssuer()) || !claims.getAudience().equals(List.of(audience))) {
            throw new BadJWTException("for another site");
        } else if (expires == null || !now.isBefore(expires)) {
            throw new BadJWTException("over");
        } else if (notBefore == null || now.plus(SKEW).isBefore(notBefore)) {
            throw new BadJWTException("not yet valid");
        } else if (claims.getSubject() == null || !claims.getSubject().matches("[1-9]\\d{0,17}")) {
            throw new BadJWTException("of nobody");
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
