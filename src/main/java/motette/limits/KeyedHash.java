package motette.limits;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stands for an address, a network or a person where they must be found again but not be known. Without the secret of the
 * installation nobody can try out addresses, as with a bare hash they could.
 */
@Singleton
final class KeyedHash {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    KeyedHash(@Value("${motette.secret}") String secret) {
        this.key = new SecretKeySpec(
                mac(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM), "limits"), ALGORITHM);
    }

    /** 32 bytes; different for the same text in another matter. */
    byte[] of(String matter, String text) {
        return mac(key, matter + "\n" + text);
    }

    /** Tells one key from another without telling the key: 8 hexadecimal digits. */
    String mark() {
        return HexFormat.of().formatHex(of("mark", ""), 0, 4);
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
