package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.shared.Languages;
import motette.shared.Message;

/**
 * One wording in which an idea can be read: the author's own, or one in another language.
 *
 * @param language tag of the language
 * @param madeBy   who made it: {@code reading.by.<madeBy>}; {@code original} for the author's own words
 * @param helper   the volunteer's name as they want to be named; empty for everybody else
 * @param stale    whether the author's words have changed since
 */
@Introspected
record Reading(String language, String title, String description, String madeBy, String helper, boolean stale) {

    static final String ORIGINAL = "original";

    /**
     * What a reader meets first: the wording asked for, or the one in their language, or in German for who reads Leichte Sprache,
     * or the author's own.
     *
     * @param readings the author's own before all others
     * @param asked    tag of a language; empty where the reader did not choose
     */
    static Reading first(List<Reading> readings, String asked, Locale locale) {
        return in(readings, asked)
                .or(() -> in(readings, Languages.tag(locale)))
                .or(() -> in(readings, locale.getLanguage()))
                .orElse(readings.getFirst());
    }

    private static Optional<Reading> in(List<Reading> readings, String language) {
        return readings.stream()
                .filter(reading -> reading.language.equals(language))
                .findFirst();
    }

    boolean isOriginal() {
        return madeBy.equals(ORIGINAL);
    }

    String direction() {
        return Languages.direction(language);
    }

    /** What the language calls itself. */
    String name() {
        return Languages.ownName(Locale.forLanguageTag(language));
    }

    List<String> paragraphs() {
        return description.lines().filter(line -> !line.isBlank()).toList();
    }

    Message by() {
        return Message.of("reading.by." + madeBy, helper);
    }

    /**
     * A language to choose from.
     *
     * @param tag  of the language
     * @param name what it calls itself
     */
    @Introspected
    record Spoken(String tag, String name, boolean chosen) {

        static List<Spoken> all(String chosen) {
            return Languages.ALL.stream()
                    .map(language -> new Spoken(
                            Languages.tag(language),
                            Languages.ownName(language),
                            Languages.tag(language).equals(chosen)))
                    .toList();
        }
    }
}
