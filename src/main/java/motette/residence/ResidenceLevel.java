package motette.residence;

import java.util.Locale;

/** How sure we are of where somebody lives, from nothing upwards. Derived from rows at each question, never kept. */
public enum ResidenceLevel {
    /** Nothing is known, not even an address to write to. */
    NONE,
    /** The e-mail address is confirmed. */
    EMAIL,
    /** The person named a quarter; nobody checked it. */
    CLAIMED,
    /** A running proof: whoever has it stands in the electoral roll. */
    SHOWN;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean atLeast(ResidenceLevel other) {
        return compareTo(other) >= 0;
    }
}
