package motette.privacy;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of rows. */
enum Change {
    DELETE,
    EMPTY,
    KEEP;

    static Change of(String word, String where) {
        return Arrays.stream(values())
                .filter(change -> change.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(where + " says '" + word + "', not delete, empty or keep"));
    }
}
