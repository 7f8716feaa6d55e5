package motette.residence;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import motette.shared.KeptSecrets;
import motette.shared.Secrets;

/**
 * The keyed hashes and the seal of this storey. Whoever has the database alone can neither test guesses nor read an address;
 * each purpose has a key of its own.
 */
@Context
final class Keys {

    private final SecureRandom random = new SecureRandom();
    private final Secrets secrets;

    /**
     * @param own {@code motette.residence-secret}; where it is empty, the secret of the sign-ins keeps the key. It may come later or
     *     change as that one does
     */
    @Inject
    Keys(
            KeptSecrets kept,
            @Value("${motette.residence-secret}") String own,
            @Value("${motette.second-residence-secret}") String secondOwn,
            @Value("${motette.secret}") String secret,
            @Value("${motette.second-secret}") String second) {
        this(kept.of("residence", new Secrets(List.of(own, secondOwn, secret, second))));
    }

    Keys(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What a hash is for; the same text has another hash for another purpose. */
    enum Purpose {
        BIRTH,
        ADDRESS,
        ENTRY,
        VOTER,
        LETTER_CODE,
        DESK_CODE,
        DESK_CODE_MAKING
    }

    /** HMAC-SHA-256, 32 bytes. */
    byte[] hash(Purpose purpose, String text) {
        return secrets.hash("residence " + purpose.name().toLowerCase(Locale.ROOT), text);
    }

    byte[] hash(Purpose purpose, Code code) {
        return hash(purpose, code.signs());
    }

    /** Always the same code for the same nonce, and none that anybody could work out without the key. */
    Code deskCode(byte[] nonce) {
        var number =
                new BigInteger(1, hash(Purpose.DESK_CODE_MAKING, HexFormat.of().formatHex(nonce)));
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
        return secrets.seal("residence " + place, text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalStateException when it was sealed with another key or for another place */
    String open(byte[] sealed, String place) {
        return secrets.open("residence " + place, sealed)
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("Cannot open something of " + place));
    }
}
