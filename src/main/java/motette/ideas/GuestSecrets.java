package motette.ideas;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes for guests: whoever reads the database learns no code from it. */
@Singleton
class GuestSecrets {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    GuestSecrets(@Value("${motette.secret}") String secret) {
        this.key = new SecretKeySpec(("guests " + secret).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * The code of the idea handed in from a draft. It follows from the secret that only the device of the draft has, so the page
     * after handing in can be opened again and handing in twice gives one code.
     */
    LookUpCode codeOf(String ticket) {
        return LookUpCode.from(hash("code of " + ticket));
    }

    /** What is kept of a code; 32 bytes. */
    byte[] hashOf(LookUpCode code) {
        return hash("look up " + code.letters());
    }

    private byte[] hash(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
