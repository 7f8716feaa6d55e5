package motette.signin;

import java.util.Locale;

/**
 * How sure a provider is of who somebody is: the levels of Regulation (EU) 910/2014, Art. 8, and none below them. The key is the
 * word in the database.
 */
public enum Assurance {
    NONE,
    LOW,
    SUBSTANTIAL,
    HIGH;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean reaches(Assurance least) {
        return compareTo(least) >= 0;
    }
}
