package motette.signin;

import java.time.Instant;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA-256.
 *
 * @param id        stands in the head of every token it signed
 * @param signsFrom before that it only verifies
 */
record SigningKey(String id, SecretKey key, Instant madeAt, Instant signsFrom) {

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    @Override
    public String toString() {
        return "SigningKey " + id;
    }
}
