package motette.votes;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a voter keeps (Quittung): 20 letters and digits of Crockford's base 32, 100 bits. It says that a ballot was counted, not what
 * it says, so nobody can sell a vote with it.
 */
record Receipt(String code) {

    static final int LENGTH = 20;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

    Receipt {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("Not a receipt");
        }
    }

    /** From at least 13 bytes of chance. */
    static Receipt of(byte[] bytes) {
        var number = new BigInteger(1, bytes);
        var base = BigInteger.valueOf(ALPHABET.length());
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(number.mod(base).intValue()));
            number = number.divide(base);
        }
        return new Receipt(code.toString());
    }

    /** As people type it: small letters, blanks, hyphens; O for 0, I and L for 1. */
    static Optional<Receipt> typed(String text) {
        var code = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return CODE.matcher(code).matches() ? Optional.of(new Receipt(code)) : Optional.empty();
    }

    /** In groups of five. */
    String spaced() {
        return code.replaceAll("(.{5})(?!$)", "$1-");
    }
}
