package motette.people;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hidden field {@code csrf} of every form: a keyed hash over the sign-in, so no other site can know it. */
@Singleton
public class FormTokens {

    public static final String FIELD = "csrf";

    private final SecretKeySpec key;

    FormTokens(@Value("${motette.secret}") String secret) {
        this.key = new SecretKeySpec(("form " + secret).getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** Empty for guests: without a sign-in there is nothing another site could misuse. */
    public String tokenFor(Visitor visitor) {
        return visitor.isSignedIn() ? HexFormat.of().formatHex(hash("sign-in " + visitor.signIn()), 0, 16) : "";
    }

    boolean fits(Visitor visitor, String token) {
        return MessageDigest.isEqual(
                tokenFor(visitor).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] hash(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
