package motette.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import motette.PortalTest;
import motette.TestClock;
import motette.Waiting;
import motette.town.Town;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the running server takes for a token of its own, and what it does not. */
@MicronautTest(transactional = false)
class AccessTokensTest extends PortalTest {

    @Inject
    KeyRing ring;

    @Inject
    TestClock clock;

    @Inject
    Waiting waiting;

    private long person;
    private long signIn;

    @BeforeAll
    void signedIn() throws Exception {
        var token = SignedJWT.parse(
                new CookieJar(server.getURI()).signIn(Town.resident()).take("motette"));
        person = Long.parseLong(token.getJWTClaimsSet().getSubject());
        signIn = token.getJWTClaimsSet().getLongClaim("sid");
    }

    @AfterEach
    void realTime() {
        clock.reset();
    }

    @Test
    void a_token_of_ours_carries_what_it_should_and_gets_in() throws Exception {
        var jar = new CookieJar(server.getURI()).signIn(Town.coordinator("west"));
        var token = SignedJWT.parse(jar.take("motette"));
        var claims = token.getJWTClaimsSet();
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS256);
        assertThat(token.getHeader().getKeyID()).isEqualTo(ring.signing().id());
        assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080");
        assertThat(claims.getAudience()).containsExactly("leipzig");
        assertThat(claims.getStringListClaim("roles")).containsExactly("coordinator");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(waiting.ask(
                        "select person_id || ' ' || method from sign_ins where id = " + claims.getLongClaim("sid")))
                .isEqualTo(claims.getSubject() + " demo");
        assertThat(getsIn(signed(claims(), ring.signing().id(), own(), AccessTokens.TYPE)))
                .as("the same made by the test")
                .isTrue();
    }

    @Test
    void another_site_another_city_and_another_time_are_refused() throws Exception {
        var kid = ring.signing().id();
        for (UnaryOperator<JWTClaimsSet.Builder> wrong : List.<UnaryOperator<JWTClaimsSet.Builder>>of(
                claims -> claims.issuer("https://elsewhere.example"),
                claims -> claims.issuer(null),
                claims -> claims.audience("dresden"),
                claims -> claims.audience(List.of("leipzig", "dresden")),
                claims -> claims.audience((String) null),
                claims -> claims.expirationTime(date(Duration.ofSeconds(-1))),
                claims -> claims.expirationTime(null),
                claims -> claims.notBeforeTime(date(Duration.ofSeconds(90))),
                claims -> claims.notBeforeTime(null),
                claims -> claims.subject(null),
                claims -> claims.subject("0"),
                claims -> claims.subject("1 or 1=1"))) {
            var claims = wrong.apply(new JWTClaimsSet.Builder(claims())).build();
            assertThat(getsIn(signed(claims, kid, own(), AccessTokens.TYPE)))
                    .as(claims.toString())
                    .isFalse();
        }
    }

    @Test
    void another_key_another_name_of_it_and_another_kind_of_token_are_refused() throws Exception {
        var kid = ring.signing().id();
        var foreign = new MACSigner(new byte[32]);
        assertThat(getsIn(signed(claims(), kid, foreign, AccessTokens.TYPE))).isFalse();
        assertThat(getsIn(signed(claims(), "0123456789abcdef", own(), AccessTokens.TYPE)))
                .isFalse();
        assertThat(getsIn(signed(claims(), null, own(), AccessTokens.TYPE))).isFalse();
        assertThat(getsIn(signed(claims(), "../../dev/null", own(), AccessTokens.TYPE)))
                .isFalse();
        assertThat(getsIn(signed(claims(), kid, own(), JOSEObjectType.JWT))).isFalse();
        var whole = signed(claims(), kid, own(), AccessTokens.TYPE);
        assertThat(getsIn(whole.substring(0, whole.lastIndexOf('.') + 1))).isFalse();
        assertThat(getsIn("x")).isFalse();
        assertThat(getsIn("a.b.c")).isFalse();
    }

    @Test
    void no_algorithm_and_other_algorithms_are_refused() throws Exception {
        assertThat(getsIn(new PlainJWT(claims()).serialize())).isFalse();
        var kid = ring.signing().id();
        var rsa = new RSAKeyGenerator(2048).keyID(kid).generate();
        var bySignature = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(AccessTokens.TYPE)
                        .keyID(kid)
                        .jwk(rsa.toPublicJWK())
                        .build(),
                claims());
        bySignature.sign(new RSASSASigner(rsa));
        assertThat(getsIn(bySignature.serialize())).isFalse();
        var publicKeyAsSecret = new MACSigner(rsa.toRSAPublicKey().getEncoded());
        assertThat(getsIn(signed(claims(), kid, publicKeyAsSecret, AccessTokens.TYPE)))
                .isFalse();
        var longer = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS512)
                        .type(AccessTokens.TYPE)
                        .keyID(kid)
                        .build(),
                claims());
        longer.sign(new MACSigner(new byte[64]));
        assertThat(getsIn(longer.serialize())).isFalse();
    }

    @Test
    void a_token_is_over_after_ten_minutes_by_the_clock_of_the_site() throws Exception {
        var token = signed(claims(), ring.signing().id(), own(), AccessTokens.TYPE);
        clock.turn(Duration.ofMinutes(9));
        assertThat(getsIn(token)).isTrue();
        clock.turn(Duration.ofMinutes(2));
        assertThat(getsIn(token)).isFalse();
    }

    private JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .issuer("http://localhost:8080")
                .audience("leipzig")
                .subject(String.valueOf(person))
                .issueTime(date(Duration.ZERO))
                .notBeforeTime(date(Duration.ZERO))
                .expirationTime(date(Duration.ofMinutes(10)))
                .claim("roles", List.of())
                .claim("pseudonym", "Jemand")
                .claim("sid", signIn)
                .claim("strong", 0L)
                .build();
    }

    private JWSSigner own() throws JOSEException {
        return new MACSigner(ring.signing().key());
    }

    private static String signed(
            JWTClaimsSet claims, @org.jspecify.annotations.Nullable String kid, JWSSigner signer, JOSEObjectType type)
            throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).type(type).keyID(kid).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private Date date(Duration later) {
        return Date.from(Instant.now(clock).plus(later));
    }

    private boolean getsIn(String token) {
        return new CookieJar(server.getURI()).put("motette", token).isSignedIn();
    }
}
