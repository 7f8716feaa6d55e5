package motette.residence;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed hashes and the seal of this storey. Whoever has the database alone can neither test guesses nor read an address;
 * each purpose has a key of its own, derived from one secret.
 */
@Singleton
final class Keys {

    private static final int SHORTEST_SECRET = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final String secret;

    /** @param own {@code motette.residence-secret}; empty to derive from the secret of the sign-ins */
    Keys(@Value("${motette.residence-secret}") String own, @Value("${motette.secret}") String secret) {
        if (!own.isEmpty() && own.length() < SHORTEST_SECRET) {
            throw new IllegalStateException("MOTETTE_RESIDENCE_SECRET has " + own.length()
                    + " characters; it needs at least " + SHORTEST_SECRET + " random ones, or none at all.");
        }
        this.secret = own.isEmpty() ? secret : own;
    }

    /** What a hash is for; the same text has another hash for another purpose. */
    enum Purpose {
        BIRTH,
        ADDRESS,
        ENTRY,
        LETTER_CODE,
        DESK_CODE,
        DESK_CODE_MAKING,
        SEAL
    }

    /** HMAC-SHA-256, 32 bytes. */
    byte[] hash(Purpose purpose, String text) {
        return hmac(key(purpose), text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] hash(Purpose purpose, Code code) {
        return hash(purpose, code.signs());
    }

    /** Always the same code for the same nonce, and none that anybody could work out without the key. */
    Code deskCode(byte[] nonce) {
        var number = new BigInteger(1, hmac(key(Purpose.DESK_CODE_MAKING), nonce));
        var base = BigInteger.valueOf(Code.ALPHABET.length());
        var payload = new StringBuilder();
        for (int i = 1; i < Code.OF_DESK; i++) {
            payload.append(Code.ALPHABET.charAt(number.mod(base).intValue()));
            number = number.divide(base);
        }
        return Code.of(payload.toString());
    }

    byte[] nonce(int length) {
        var nonce = new byte[length];
        random.nextBytes(nonce);
        return nonce;
    }

    Code letterCode() {
        return Code.random(Code.OF_LETTER, random);
    }

    /** @param place what it belongs to, as "letter 12": sealed text that is moved elsewhere cannot be opened there */
    byte[] seal(String text, String place) {
        var nonce = nonce(NONCE);
        var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place, text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** @throws IllegalStateException when it was sealed with another secret or for another place */
    String open(byte[] sealed, String place) {
        var nonce = new byte[NONCE];
        var text = new byte[sealed.length - NONCE];
        ByteBuffer.wrap(sealed).get(nonce).get(text);
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, place, text), StandardCharsets.UTF_8);
    }

    private byte[] cipher(int mode, byte[] nonce, String place, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key(Purpose.SEAL), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot seal or open something of " + place, e);
        }
    }

    private byte[] key(Purpose purpose) {
        var label = "motette residence " + purpose.name().toLowerCase(Locale.ROOT);
        return hmac(secret.getBytes(StandardCharsets.UTF_8), label.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
