package motette.residence;

import com.ibm.icu.text.Normalizer2;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names and addresses as they are compared: what two people would write differently for the same thing is made equal. */
final class Folded {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern TITLES =
            Pattern.compile("(?<!\\p{L})(?:prof|dr|dipl|ing|med|phil|jur|rer|nat|hc|mag)\\.");

    private Folded() {}

    /**
     * The family name without spaces and titles, and the first of the given names: an identity card has all of them, a person
     * often types one.
     */
    static String name(String givenNames, String familyName) {
        var given = TITLES.matcher(givenNames.toLowerCase(Locale.ROOT)).replaceAll(" ");
        var first = Arrays.stream(given.strip().split("[^\\p{L}\\p{M}'’]+"))
                .filter(word -> !word.isEmpty())
                .findFirst()
                .orElse("");
        var family = TITLES.matcher(familyName.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return letters(first) + "|" + letters(family);
    }

    /** "Eisenbahnstraße 12 A" and "eisenbahnstr. 12a" are one. */
    static String street(String street) {
        return letters(street.toLowerCase(Locale.ROOT).replaceAll("stra(?:ss|ß)e|str\\.", "str"));
    }

    /** Small letters and digits; ä is ae and ß is ss as on machine-readable documents (ICAO Doc 9303), other marks are dropped. */
    private static String letters(String text) {
        var plain = Normalizer2.getNFCInstance()
                .normalize(text)
                .toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss")
                .replace("æ", "ae")
                .replace("ø", "oe")
                .replace("å", "aa")
                .replace("ł", "l")
                .replace("đ", "d")
                .replace("ı", "i");
        var bare = MARKS.matcher(Normalizer2.getNFKDInstance().normalize(plain)).replaceAll("");
        return bare.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
