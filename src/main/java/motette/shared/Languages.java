package motette.shared;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The languages of the site, the first is the default. Addresses, cookies and tables hold their {@link #tag tags} (BCP 47); never
 * {@link Locale#getLanguage}, which takes Leichte Sprache for German.
 */
public final class Languages {

    /** German by the rules of Leichte Sprache; {@code simple} is a registered variant (RFC 5646). What it lacks is said in German. */
    public static final Locale LEICHT = Locale.forLanguageTag("de-simple");

    /** Arabic with the digits 0 to 9, as people in this country meet them on every German letter. */
    public static final Locale ARABIC = Locale.forLanguageTag("ar-u-nu-latn");

    public static final Locale UKRAINIAN = Locale.forLanguageTag("uk");
    public static final Locale RUSSIAN = Locale.forLanguageTag("ru");

    public static final List<Locale> ALL = List.of(Locale.GERMAN, LEICHT, Locale.ENGLISH, UKRAINIAN, ARABIC, RUSSIAN);

    /** The official languages of Arabic, Hebrew, Persian and Urdu script that people here may write in. */
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "fa", "he", "ur");

    private static final Map<String, String> OWN_NAMES = Map.of(
            "de", "Deutsch",
            "de-simple", "Leichte Sprache",
            "en", "English",
            "uk", "Українська",
            "ar", "العربية",
            "ru", "Русский");

    private static final Map<String, Locale> BY_TAG = new LinkedHashMap<>();

    static {
        ALL.forEach(locale -> BY_TAG.put(tag(locale), locale));
    }

    private Languages() {}

    public static Locale standard() {
        return ALL.getFirst();
    }

    public static Optional<Locale> find(String tag) {
        return Optional.ofNullable(BY_TAG.get(tag));
    }

    /** As it stands in addresses, cookies, tables and {@code lang}: {@code de}, {@code de-simple}, {@code ar}. */
    public static String tag(Locale locale) {
        return locale.hasExtensions()
                ? locale.stripExtensions().toLanguageTag()
                : locale.getVariant().isEmpty() && locale.getCountry().isEmpty()
                        ? locale.getLanguage()
                        : locale.toLanguageTag();
    }

    /** The language that somebody reading this one writes in: nobody writes Leichte Sprache unawares. */
    public static String writtenIn(Locale locale) {
        return locale.getLanguage();
    }

    /** What the language calls itself. */
    public static String ownName(Locale locale) {
        return OWN_NAMES.getOrDefault(tag(locale), tag(locale));
    }

    /** For {@code dir}: {@code rtl} or {@code ltr}. */
    public static String direction(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    /** For {@code dir} of a text in the language of a tag. */
    public static String direction(String tag) {
        return direction(Locale.forLanguageTag(tag));
    }

    /** Says what a text of a city pack says in the language, in German where it is not said; empty where it is said in neither. */
    public static Optional<String> choose(Map<String, String> byTag, Locale locale) {
        return Optional.ofNullable(byTag.get(tag(locale))).or(() -> Optional.ofNullable(byTag.get(tag(standard()))));
    }

    /** The language that suits best what a browser offers (RFC 4647 § 3.4, lookup). */
    public static Optional<Locale> lookUp(List<Locale.LanguageRange> offered) {
        return Optional.ofNullable(Locale.lookupTag(offered, BY_TAG.keySet())).flatMap(Languages::find);
    }
}
