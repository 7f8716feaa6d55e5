package motette.residence;

import java.util.Locale;

/** Level of assurance of an identity provider (Regulation (EU) 910/2014, Art. 8). */
public enum Assurance {
    LOW,
    SUBSTANTIAL,
    HIGH;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
