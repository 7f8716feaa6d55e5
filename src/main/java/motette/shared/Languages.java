package motette.shared;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages of the site, the first is the default. */
public final class Languages {

    public static final List<Locale> ALL = List.of(Locale.GERMAN, Locale.ENGLISH);

    private Languages() {}

    public static Locale standard() {
        return ALL.getFirst();
    }

    public static Optional<Locale> find(String tag) {
        return ALL.stream().filter(locale -> locale.getLanguage().equals(tag)).findFirst();
    }
}
