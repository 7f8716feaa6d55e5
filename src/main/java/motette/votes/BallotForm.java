package motette.votes;

import java.util.Arrays;
import java.util.Locale;

/** How a ballot is filled in. */
enum BallotForm {
    /** Any number of candidates. */
    APPROVAL,
    /** As many candidates as the money of their district pays for. */
    BUDGET,
    /** Points for each candidate. */
    POINTS;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BallotForm of(String key) {
        return Arrays.stream(values())
                .filter(form -> form.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No form of ballot '" + key + "'"));
    }
}
