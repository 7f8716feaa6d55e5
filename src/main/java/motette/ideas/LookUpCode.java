package motette.ideas;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * The code with which a guest finds an idea again: four groups of four letters, easy to copy by hand. There is no I, L or O, which
 * look like digits, and the last letter checks the others, so that a slip is told from a code that does not exist. 15 letters of 23
 * are 67 bits: trying codes out leads nowhere, and so nobody need be locked out for wrong ones.
 *
 * @param letters 16 capital letters; the last one fits the others
 */
record LookUpCode(String letters) {

    /** 23 letters: with a prime number of them the check letter finds every single slip and every two letters swapped. */
    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final int LENGTH = 16;
    private static final int GROUP = 4;

    /** A code that follows from secret bytes: the same bytes give the same code. */
    static LookUpCode from(byte[] secret) {
        var number = new BigInteger(1, secret);
        var letters = new StringBuilder();
        for (int i = 1; i < LENGTH; i++) {
            var parts = number.divideAndRemainder(BASE);
            letters.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        return new LookUpCode(letters.append(check(letters)).toString());
    }

    /** As somebody types it: small letters, spaces and dashes do not matter. Empty when it cannot be a code. */
    static Optional<LookUpCode> read(String typed) {
        var letters = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}.,_]", "");
        var possible = letters.length() == LENGTH
                && letters.chars().allMatch(letter -> ALPHABET.indexOf(letter) >= 0)
                && letters.charAt(LENGTH - 1) == check(letters.substring(0, LENGTH - 1));
        return possible ? Optional.of(new LookUpCode(letters)) : Optional.empty();
    }

    /** For people: "ABCD-EFGH-JKMN-PQRS". */
    String grouped() {
        var grouped = new StringBuilder(letters);
        for (int at = LENGTH - GROUP; at > 0; at -= GROUP) {
            grouped.insert(at, '-');
        }
        return grouped.toString();
    }

    /** Without the code: this may end up in a log. */
    @Override
    public String toString() {
        return "LookUpCode";
    }

    /** Sum of the letters, each times its place, modulo 23. */
    private static char check(CharSequence letters) {
        int sum = 0;
        for (int i = 0; i < letters.length(); i++) {
            sum += (i + 1) * ALPHABET.indexOf(letters.charAt(i));
        }
        return ALPHABET.charAt(sum % ALPHABET.length());
    }
}
