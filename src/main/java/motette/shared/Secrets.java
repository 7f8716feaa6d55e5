package motette.shared;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes and sealed bytes under {@code motette.secret}. While the secret changes, {@code motette.second-secret} holds
 * the coming or the former one: it checks and opens what the first did not write.
 */
@Singleton
public class Secrets {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<byte[]> secrets;
    private final SecureRandom random = new SecureRandom();

    @Inject
    public Secrets(@Value("${motette.secret}") String secret, @Value("${motette.second-secret}") String second) {
        this(List.of(secret, second));
    }

    /** @param secrets the first makes and seals, all check and open; empty ones are left out */
    public Secrets(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(text -> !text.isBlank())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * HMAC-SHA-256 (RFC 2104), 32 bytes.
     *
     * @param purpose keeps the hashes of different things apart
     */
    public byte[] hash(String purpose, String text) {
        return hash(secrets.getFirst(), purpose, text);
    }

    /** Whether {@link #hash} made this of the text, under either secret; takes as long for yes as for no. */
    public boolean fits(String purpose, String text, byte[] hash) {
        boolean fits = false;
        for (var secret : secrets) {
            fits |= MessageDigest.isEqual(hash(secret, purpose, text), hash);
        }
        return fits;
    }

    /** Tells the first secret from another without telling it: 8 hexadecimal digits. */
    public String mark() {
        return HexFormat.of().formatHex(hash("mark", ""), 0, 4);
    }

    /** AES-256-GCM with a key of this purpose: nonce, then what is sealed. */
    public byte[] seal(String purpose, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, secrets.getFirst(), purpose, nonce)
                    .doFinal(plain);
            var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empty when neither secret sealed it for this purpose, or somebody changed it. */
    public Optional<byte[]> open(String purpose, byte[] sealed) {
        return secrets.stream()
                .flatMap(secret -> open(secret, purpose, sealed).stream())
                .findFirst();
    }

    /** Whether the first secret sealed it, so that the others are not needed for it. */
    boolean isOfFirst(String purpose, byte[] sealed) {
        return open(secrets.getFirst(), purpose, sealed).isPresent();
    }

    private static Optional<byte[]> open(byte[] secret, String purpose, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, secret, purpose, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException otherSecret) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher(int mode, byte[] secret, String purpose, byte[] nonce)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(hash(secret, "seal", purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] hash(byte[] secret, String purpose, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
