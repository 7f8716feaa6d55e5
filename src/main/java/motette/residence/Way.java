package motette.residence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to show residence; the key is the word in the database and in the city pack. */
public enum Way {
    LETTER,
    DESK,
    PROVIDER,
    REGISTER;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Way> find(String key) {
        return Arrays.stream(values()).filter(way -> way.key().equals(key)).findFirst();
    }
}
