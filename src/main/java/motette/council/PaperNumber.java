package motette.council;

import io.micronaut.core.annotation.Introspected;

/**
 * Under which number the council information system has what an item is about.
 *
 * @param version 0 while none was ever recorded; each change is one more
 * @param number  empty where there is none
 * @param link    its page there, https; empty where it has none
 */
@Introspected
record PaperNumber(int version, String number, String link) {

    static PaperNumber none() {
        return new PaperNumber(0, "", "");
    }

    boolean isKnown() {
        return !number.isEmpty();
    }

    boolean hasLink() {
        return !link.isEmpty();
    }
}
