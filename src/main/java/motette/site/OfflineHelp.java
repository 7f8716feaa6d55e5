package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Locale;
import motette.shared.Languages;
import motette.shared.Texts;

/**
 * The page for moments without net. It may be the first that somebody sees, so the most important sentence stands in every language.
 */
@Introspected
record OfflineHelp(List<Emergency> emergency) {

    @Introspected
    record Emergency(String tag, String dir, String name, String text) {}

    static OfflineHelp in(Texts texts, Locale reader) {
        return new OfflineHelp(Languages.ALL.stream()
                .filter(locale -> !locale.equals(reader))
                .map(locale -> new Emergency(
                        Languages.tag(locale),
                        Languages.direction(locale),
                        Languages.ownName(locale),
                        texts.get(locale, "offline.emergency")))
                .toList());
    }
}
