package motette.signin;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes by time (RFC 6238): six digits from HMAC-SHA-1 over the number of the 30-second step, as every authenticator app
 * knows them. A code is taken a step early or late, for clocks that differ (section 5.2).
 */
final class Totp {

    /** Length of the shared secret that RFC 4226 section 4 recommends: 160 bits. */
    static final int SECRET_BYTES = 20;

    static final Duration STEP = Duration.ofSeconds(30);

    private static final int SKEW = 1;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BASE32_LENGTH = SECRET_BYTES * 8 / 5;
    private static final HmacOneTimePasswordGenerator CODES = new HmacOneTimePasswordGenerator();

    private Totp() {}

    /** Number of the step that a moment lies in. */
    static long step(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), STEP.toSeconds());
    }

    /** The code that an app shows throughout a step. */
    static String code(byte[] secret, long step) {
        try {
            return CODES.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), step, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The step that a typed code belongs to; takes as long for right as for wrong.
     *
     * @param after steps up to this one were used before
     */
    static OptionalLong match(byte[] secret, String typed, Instant now, long after) {
        var found = OptionalLong.empty();
        for (long step = step(now) - SKEW; step <= step(now) + SKEW; step++) {
            boolean same = MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), typed.getBytes(StandardCharsets.UTF_8));
            if (same && step > after && found.isEmpty()) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** The secret as people type it into an app: 32 letters and digits (RFC 4648 section 6). */
    static String base32(byte[] secret) {
        var digits = new StringBuilder(BASE32_LENGTH);
        for (char digit : new BigInteger(1, secret).toString(BASE32.length()).toCharArray()) {
            digits.append(BASE32.charAt(Character.digit(digit, BASE32.length())));
        }
        return "A".repeat(BASE32_LENGTH - digits.length()) + digits;
    }

    /** The address that apps read from the picture (Key Uri Format). */
    static String uri(byte[] secret, String account) {
        var name = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Motette:" + name + "?secret=" + base32(secret)
                + "&issuer=Motette&algorithm=SHA1&digits=6&period=" + STEP.toSeconds();
    }
}
