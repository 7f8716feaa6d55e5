package motette.shared;

import java.util.Locale;

/** A value that every language writes in its own way: an amount of money, for example. */
public interface Localized {

    /** As people of that language write it. */
    String text(Locale locale);
}
