package motette.votes;

import java.util.Arrays;
import java.util.Locale;

/** How somebody votes; all hang off one electoral roll. */
enum Channel {
    /** On a device of one's own, signed in; also with residence shown by the code of a letter. */
    WEB("internet"),
    /** On a shared tablet that a coordinator unlocks for one ballot. */
    KIOSK("kiosk"),
    PAPER("paper");

    private final String method;

    Channel(String method) {
        this.method = method;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As published (Pabulib's voting_method). */
    String method() {
        return method;
    }

    static Channel of(String key) {
        return Arrays.stream(values())
                .filter(channel -> channel.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No channel '" + key + "'"));
    }
}
