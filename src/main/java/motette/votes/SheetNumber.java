package motette.votes;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is printed on a ballot paper: eight letters and digits of Crockford's base 32, by lot. */
record SheetNumber(String code) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 8;
    private static final Pattern CODE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");

    SheetNumber {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("Not the number of a sheet: " + code);
        }
    }

    static SheetNumber random(SecureRandom random) {
        var code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new SheetNumber(code.toString());
    }

    /** As people type it: small letters, blanks, hyphens; O for 0, I and L for 1. */
    static Optional<SheetNumber> typed(String text) {
        var code = text.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return CODE.matcher(code).matches() ? Optional.of(new SheetNumber(code)) : Optional.empty();
    }

    /** In two groups of four. */
    String spaced() {
        return code.substring(0, LENGTH / 2) + "-" + code.substring(LENGTH / 2);
    }
}
