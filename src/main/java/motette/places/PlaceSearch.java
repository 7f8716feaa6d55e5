package motette.places;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds places by a name as people type it: without umlauts, with "str." for "Straße", with a house number, with the last
 * word half typed, with a slip. A slip is forgiven only where nothing fits what was typed.
 */
final class PlaceSearch {

    private static final int LONGEST_QUESTION = 100;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern STREET = Pattern.compile("str(?:as{0,2}e?)?(?= |$)");
    private static final Pattern HOUSE_NUMBER = Pattern.compile("\\d+ ?[a-z]?");

    private static final int STARTS_WITH_IT = 0;
    private static final int HAS_ITS_WORDS = 1_000;
    private static final int HAS_A_SLIP = 2_000;

    private static final int WORD = 0;
    private static final int START_OF_WORD = 1;
    private static final int INSIDE_WORD = 8;
    private static final int PASSED_OVER = 3;
    private static final int SLIP = 10;
    private static final int OTHER_FIRST_LETTER = 5;
    private static final int NAME_AROUND = 20;

    private record Hit(Entry entry, int cost) {}

    /**
     * @param folded the name, folded
     * @param words  its words, also every two neighbours as one: "heinestr" finds "Heine-Straße"
     * @param around words of the quarter or district it lies in: "Markt Lindenau"
     */
    private record Entry(Landmark landmark, String folded, List<String> words, List<String> around) {}

    private final List<Entry> entries;
    private final List<String> city;

    /** @param city name of the city: people type it although every place lies in it */
    PlaceSearch(String city, Stream<Landmark> landmarks, List<Quarter> quarters) {
        this.city = words(fold(city));
        var asLandmarks = quarters.stream()
                .map(quarter -> entry(
                        new Landmark(
                                quarter.name(),
                                "quarter",
                                quarter.key(),
                                quarter.name(),
                                quarter.labelLon(),
                                quarter.labelLat()),
                        quarter.districtName()));
        this.entries = Stream.concat(asLandmarks, landmarks.map(landmark -> entry(landmark, landmark.quarterName())))
                .toList();
    }

    private static Entry entry(Landmark landmark, String around) {
        var folded = fold(landmark.name());
        var words = new ArrayList<>(words(folded));
        for (int i = words.size() - 1; i > 0; i--) {
            words.add(words.get(i - 1) + words.get(i));
        }
        return new Entry(landmark, folded, List.copyOf(words), words(fold(around)));
    }

    List<Landmark> search(String text, int limit) {
        var asked = fold(text.substring(0, Math.min(text.length(), LONGEST_QUESTION)));
        if (asked.isEmpty() || limit < 1) {
            return List.of();
        } else {
            var asTyped = hits(asked, false);
            return (asTyped.isEmpty() ? hits(asked, true) : asTyped)
                    .stream().limit(limit).map(hit -> hit.entry().landmark()).toList();
        }
    }

    private List<Hit> hits(String asked, boolean forgiving) {
        return entries.stream()
                .flatMap(entry -> cost(entry, asked, forgiving).stream().mapToObj(cost -> new Hit(entry, cost)))
                .sorted(Comparator.comparingInt(Hit::cost)
                        .thenComparing(hit -> !hit.entry().landmark().kind().equals("quarter"))
                        .thenComparing(hit -> hit.entry().words().size())
                        .thenComparing(hit -> hit.entry().folded()))
                .toList();
    }

    private OptionalInt cost(Entry entry, String asked, boolean forgiving) {
        if (entry.folded().startsWith(asked)) {
            return OptionalInt.of(STARTS_WITH_IT + (entry.folded().length() == asked.length() ? 0 : 1));
        } else {
            var inWords = costOfWords(entry, words(asked), forgiving);
            return inWords.isPresent() ? inWords : costAsOneWord(entry, asked, forgiving);
        }
    }

    private OptionalInt costOfWords(Entry entry, List<String> asked, boolean forgiving) {
        int cost = forgiving ? HAS_A_SLIP : HAS_ITS_WORDS;
        boolean named = false;
        for (var word : asked) {
            var inName = costOfWord(entry, word, forgiving);
            if (inName.isPresent()) {
                named = true;
                cost += inName.getAsInt();
            } else if (entry.around().stream().anyMatch(around -> around.startsWith(word))) {
                cost += NAME_AROUND;
            } else if (HOUSE_NUMBER.matcher(word).matches() || city.contains(word)) {
                cost += PASSED_OVER;
            } else {
                return OptionalInt.empty();
            }
        }
        return named ? OptionalInt.of(cost) : OptionalInt.empty();
    }

    private static OptionalInt costOfWord(Entry entry, String asked, boolean forgiving) {
        return entry.words().stream()
                .flatMapToInt(word -> costOfWord(word, asked, forgiving).stream())
                .min();
    }

    private static OptionalInt costOfWord(String word, String asked, boolean forgiving) {
        if (word.equals(asked)) {
            return OptionalInt.of(WORD);
        } else if (word.startsWith(asked)) {
            return OptionalInt.of(START_OF_WORD);
        } else if (asked.length() > 3 && word.contains(asked)) {
            return OptionalInt.of(INSIDE_WORD);
        } else if (forgiving) {
            var slips = Typing.slips(asked, word);
            return slips <= Typing.forgivable(asked)
                    ? OptionalInt.of(SLIP * slips + (asked.charAt(0) == word.charAt(0) ? 0 : OTHER_FIRST_LETTER))
                    : OptionalInt.empty();
        } else {
            return OptionalInt.empty();
        }
    }

    /** "karlheinestr", "linden au". */
    private static OptionalInt costAsOneWord(Entry entry, String asked, boolean forgiving) {
        var word = asked.replace(" ", "");
        return word.length() < 4
                ? OptionalInt.empty()
                : costOfWord(entry.folded().replace(" ", ""), word, forgiving).stream()
                        .map(cost -> cost + (forgiving ? HAS_A_SLIP : HAS_ITS_WORDS))
                        .findAny();
    }

    /** Small letters without marks, one space between words; ä, ae and a are one, so are ß and ss, Straße and Str. */
    static String fold(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replace("ß", "ss");
        var letters =
                MARKS.matcher(Normalizer2.getNFKDInstance().normalize(plain)).replaceAll("");
        var words = BETWEEN_WORDS.matcher(letters).replaceAll(" ").strip();
        return STREET.matcher(words.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
                .replaceAll("str");
    }

    private static List<String> words(String folded) {
        return folded.isEmpty() ? List.of() : List.of(folded.split(" "));
    }
}
