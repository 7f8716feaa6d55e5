package motette;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whether a secret could have been drawn by chance. A person's idea of one, or one copied from an example, is refused. */
final class SecretCheck {

    static final int FEWEST_BYTES = 32;

    /** 32 random hexadecimal digits tell about 115 bits by this measure, a word said four times less than 90. */
    private static final int FEWEST_BITS = 80;

    private static final List<String> EXAMPLES = List.of(
            "change",
            "example",
            "beispiel",
            "secret",
            "geheim",
            "password",
            "passwort",
            "motette",
            "qwert",
            "insecure",
            "default",
            "please",
            "bitte");

    private SecretCheck() {}

    /** @param variable the name in the environment, for the sentence; the secret itself is never said */
    static void check(String variable, String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < FEWEST_BYTES) {
            refuse(variable + " has " + bytes + " bytes");
        } else if (EXAMPLES.stream().anyMatch(word -> says(secret, word))) {
            refuse(variable + " contains a word of examples");
        } else if (bits(secret) < FEWEST_BITS || repeats(secret) || counts(secret)) {
            refuse(variable + " repeats itself or follows a pattern");
        }
    }

    /** Whether it says the word as people write it; "chAnGE" is what chance draws once in a million secrets. */
    private static boolean says(String secret, String word) {
        return secret.contains(word)
                || secret.contains(word.toUpperCase(Locale.ROOT))
                || secret.contains(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }

    private static void refuse(String what) {
        throw new StartupFailure(
                what + "; it needs at least " + FEWEST_BYTES + " random ones, as `openssl rand -hex 32` prints.");
    }

    /** Shannon's measure over its characters, times their number. */
    private static double bits(String secret) {
        double length = secret.length();
        return secret
                .chars()
                .boxed()
                .collect(Collectors.groupingBy(character -> character, Collectors.counting()))
                .values()
                .stream()
                .mapToDouble(count -> -count * Math.log(count / length) / Math.log(2))
                .sum();
    }

    /** Whether it is a shorter text said again and again. */
    private static boolean repeats(String secret) {
        return (secret + secret).indexOf(secret, 1) < secret.length();
    }

    /** Whether most characters are the next ones of those before them, as in abcdef or 987654. */
    private static boolean counts(String secret) {
        var steps = 0;
        for (int i = 1; i < secret.length(); i++) {
            if (Math.abs(secret.charAt(i) - secret.charAt(i - 1)) <= 1) {
                steps++;
            }
        }
        return steps * 2 > secret.length();
    }
}
