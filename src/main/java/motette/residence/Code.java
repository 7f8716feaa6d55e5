package motette.residence;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * A code that is read from paper or from somebody else's screen and typed. Its 31 signs cannot be mistaken for one another in
 * print (no 0, O, 1, I, L); the last one is a check sign over a prime number of signs with a different weight at each place, so
 * that every single wrong sign and every exchange of two signs is found. A code that fails the check was mistyped; one that
 * passes and is not ours was guessed.
 *
 * @param signs without spaces, in capitals, check sign included
 */
record Code(String signs) {

    static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /** In a letter: eleven signs by chance, 54 bits, and the check sign. */
    static final int OF_LETTER = 12;

    /** At a desk, for ten minutes: five signs, 24 bits, and the check sign. */
    static final int OF_DESK = 6;

    private static final int GROUP = 4;
    private static final int SHORT_GROUP = 3;

    Code {
        if (signs.length() < 2 || signs.length() >= ALPHABET.length() || !isWhole(signs)) {
            throw new IllegalArgumentException("No code of " + signs.length() + " signs");
        }
    }

    static Code random(int length, SecureRandom random) {
        var payload = new StringBuilder();
        for (int i = 1; i < length; i++) {
            payload.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return of(payload.toString());
    }

    /** The code that begins with these signs. */
    static Code of(String payload) {
        int sum = 0;
        for (int i = 0; i < payload.length(); i++) {
            sum += weight(i, payload.length() + 1) * ALPHABET.indexOf(payload.charAt(i));
        }
        return new Code(payload + ALPHABET.charAt(Math.floorMod(-sum, ALPHABET.length())));
    }

    /** What somebody typed, with spaces, dashes and small letters as they like; empty when it was mistyped. */
    static Optional<Code> read(String typed, int length) {
        var signs = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Pd}.\u00A0]", "");
        return signs.length() == length && isWhole(signs) ? Optional.of(new Code(signs)) : Optional.empty();
    }

    /** In groups, as it is printed and read aloud. */
    String grouped() {
        int size = signs.length() % GROUP == 0 ? GROUP : SHORT_GROUP;
        return signs.replaceAll("(.{" + size + "})(?=.)", "$1 ");
    }

    @Override
    public String toString() {
        return "code of " + signs.length() + " signs";
    }

    private static boolean isWhole(String signs) {
        int sum = 0;
        for (int i = 0; i < signs.length(); i++) {
            int value = ALPHABET.indexOf(signs.charAt(i));
            if (value < 0) {
                return false;
            }
            sum += weight(i, signs.length()) * value;
        }
        return sum % ALPHABET.length() == 0;
    }

    /** Falls to 1 at the check sign; all different, none a multiple of 31. */
    private static int weight(int place, int length) {
        return length - place;
    }
}
