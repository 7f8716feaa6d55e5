package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.PluralRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import motette.shared.Languages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The languages stay in step: nobody meets a page that is half translated, and no text is kept that nobody meets. Leichte Sprache
 * says the core path; what it lacks is said in German.
 */
class MessagesTest {

    /** A key, or a part of one, in a source. */
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*(?:[._-][a-zA-Z0-9]+)*");

    /** In templates: {@code |state.${i.state.key()}|} and {@code 'me.said.' + page.said}. */
    private static final Pattern PUT_TOGETHER = Pattern.compile("\\|([a-z][a-z0-9.-]*\\$\\{[^|]*)\\|");

    private static final Pattern HOLE = Pattern.compile("\\$\\{[^}]*}");

    private static final Pattern BEGUN_IN_TEMPLATE =
            Pattern.compile("'([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*[.-]?)'\\s*\\+");

    /** In Java: {@code "reason." + key}. */
    private static final Pattern BEGUN_IN_JAVA = Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*\\.)\"\\s*\\+");

    /** Below these, keys have several words of their own: what a class says sentence by sentence, deeds, tables and columns. */
    private static final List<String> DEEP = List.of(
            "allocation.why.",
            "allocation.easy.",
            "audit.deed.",
            "audit.by.",
            "privacy.account.",
            "grants.change.outcome.",
            "grants.proof.outcome.",
            "grants.payout.outcome.",
            "grants.spent.outcome.",
            "minutes.how.",
            "privacy.column.",
            "privacy.deed.",
            "privacy.end-reason.",
            "privacy.method.",
            "privacy.read.",
            "privacy.way.",
            "notifications.");

    /** Begins the name of a deed, not of a text. */
    private static final String NAMES_OF_DEEDS = "idea.";

    /** Said in English in every language: it stands on a German letter for who does not read German. */
    private static final String ENGLISH_EVERYWHERE = "residence.pdf.text";

    /** What a script fills in, {@code '{'name'}'} in the pattern. */
    private static final Pattern FOR_SCRIPT = Pattern.compile("'\\{'(\\w+)'}'");

    private static final Pattern ARGUMENTS = Pattern.compile("\\{[^{}]*}");

    static List<Locale> languages() {
        return Languages.ALL;
    }

    @ParameterizedTest
    @MethodSource("languages")
    void every_language_has_the_same_texts(Locale locale) throws IOException {
        var german = new TreeSet<>(texts(Languages.standard()).stringPropertyNames());
        var own = new TreeSet<>(texts(locale).stringPropertyNames());
        if (locale.equals(Languages.LEICHT)) {
            assertThat(german).containsAll(own);
            assertThat(own)
                    .as("the core path")
                    .contains("nav.propose", "support.give", "state.granted", "idea.story", "support.advice");
        } else {
            assertThat(own).isEqualTo(german);
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    void no_text_is_empty_or_said_twice(Locale locale) throws IOException {
        var texts = texts(locale);
        assertThat(texts.stringPropertyNames())
                .allSatisfy(key -> assertThat(texts.getProperty(key)).as(key).isNotBlank());
        var keys = Files.readAllLines(file(locale)).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('=')).strip())
                .toList();
        assertThat(keys).doesNotHaveDuplicates();
    }

    /**
     * The same arguments as in German, and a form for every number that the language tells apart; where the German text has none
     * for one, as of metres rounded to fifty, it never is.
     */
    @ParameterizedTest
    @MethodSource("languages")
    void every_pattern_can_be_filled_as_the_german_one(Locale locale) throws IOException {
        var german = texts(Languages.standard());
        var texts = texts(locale);
        var faults = new ArrayList<String>();
        for (var key : new TreeSet<>(texts.stringPropertyNames())) {
            var text = texts.getProperty(key);
            var wanted = new MessageFormat(german.getProperty(key), Locale.GERMAN).getArgumentNames();
            if (!new MessageFormat(text, locale).getArgumentNames().equals(wanted)) {
                faults.add(key + " has other arguments than the German text: " + text);
            }
            if (!forScript(text).equals(forScript(german.getProperty(key)))) {
                faults.add(key + " has other places for a script to fill: " + text);
            }
            var neverOne = missingForms(german.getProperty(key), Locale.GERMAN).contains("one");
            missingForms(text, locale).stream()
                    .filter(form -> !(form.equals("one") && neverOne))
                    .forEach(form -> faults.add(key + " lacks '" + form + "': " + text));
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void no_german_sentence_is_left_in_another_language(Locale locale) throws IOException {
        var script = Pattern.compile(
                switch (locale.getLanguage()) {
                    case "ar" -> "\\p{IsArabic}";
                    case "uk", "ru" -> "\\p{IsCyrillic}";
                    default -> "\\p{IsLatin}";
                });
        var german = texts(Languages.standard());
        var texts = texts(locale);
        assertThat(texts.stringPropertyNames())
                .filteredOn(key ->
                        !key.equals(ENGLISH_EVERYWHERE) && !locale.getLanguage().equals("de"))
                .allSatisfy(key -> {
                    var text = texts.getProperty(key);
                    var words = ARGUMENTS.matcher(text).replaceAll(" ");
                    if (Pattern.compile("\\p{L}{3}").matcher(words).find()) {
                        assertThat(text).as(key).containsPattern(script);
                        if (words.strip().split("\\s+").length > 2) {
                            assertThat(text).as(key).isNotEqualTo(german.getProperty(key));
                        }
                    }
                });
    }

    @Test
    void every_text_that_a_template_names_exists() throws IOException {
        var keys = texts(Languages.standard()).stringPropertyNames();
        var named = Pattern.compile("#\\{([a-z][a-z0-9.-]*)[}(]");
        for (var source : sources(Path.of("web"), ".html")) {
            assertThat(keys)
                    .containsAll(named.matcher(source)
                            .results()
                            .map(match -> match.group(1))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void every_text_is_used_somewhere() throws IOException {
        var templates = Stream.concat(
                        sources(Path.of("web"), ".html").stream(), sources(Path.of("web"), ".js").stream())
                .toList();
        var classes = sources(Path.of("src/main/java"), ".java");
        var named = new HashSet<String>();
        Stream.concat(templates.stream(), classes.stream())
                .flatMap(source -> WORD.matcher(source).results().map(MatchResult::group))
                .forEach(named::add);
        var putTogether = Stream.of(
                        found(templates, PUT_TOGETHER)
                                .map(text -> Stream.of(HOLE.split(text, -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining("[\\w.-]*"))),
                        found(templates, BEGUN_IN_TEMPLATE).map(text -> Pattern.quote(text) + "[\\w.-]*"),
                        found(classes, BEGUN_IN_JAVA)
                                .filter(text -> !text.equals(NAMES_OF_DEEDS))
                                .map(text -> Pattern.quote(text) + "[\\w-]+(\\.[a-z]+)?"),
                        DEEP.stream().map(text -> Pattern.quote(text) + ".+"))
                .flatMap(patterns -> patterns)
                .distinct()
                .map(Pattern::compile)
                .toList();
        assertThat(texts(Languages.standard()).stringPropertyNames().stream()
                        .filter(key -> !named.contains(key))
                        .filter(key -> putTogether.stream()
                                .noneMatch(pattern -> pattern.matcher(key).matches()))
                        .sorted()
                        .toList())
                .as("texts that no template and no class asks for; delete them in every language")
                .isEmpty();
    }

    private static Set<String> forScript(String text) {
        return FOR_SCRIPT
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each plural: the categories of the language that are told neither by name nor by their only number. */
    private static Set<String> missingForms(String text, Locale locale) {
        var missing = new TreeSet<String>();
        var pattern = new MessagePattern(text);
        var needed = PluralRules.forLocale(locale).getKeywords();
        for (int i = 0; i < pattern.countParts(); i++) {
            var part = pattern.getPart(i);
            if (part.getType() == MessagePattern.Part.Type.ARG_START
                    && part.getArgType() == MessagePattern.ArgType.PLURAL) {
                var told = new HashSet<String>();
                for (int at = i + 1; at < pattern.getLimitPartIndex(i); at++) {
                    if (pattern.getPart(at).getType() == MessagePattern.Part.Type.ARG_SELECTOR) {
                        told.add(pattern.getSubstring(pattern.getPart(at)));
                        at = pattern.getLimitPartIndex(nextMessage(pattern, at));
                    }
                }
                needed.stream()
                        .filter(form -> !told.contains(form)
                                && !(form.equals("zero") && told.contains("=0"))
                                && !(form.equals("one") && told.contains("=1"))
                                && !(form.equals("two") && told.contains("=2")))
                        .forEach(missing::add);
            }
        }
        return missing;
    }

    private static int nextMessage(MessagePattern pattern, int from) {
        int at = from;
        while (pattern.getPart(at).getType() != MessagePattern.Part.Type.MSG_START) {
            at++;
        }
        return at;
    }

    private static Stream<String> found(List<String> sources, Pattern pattern) {
        return sources.stream()
                .flatMap(source -> pattern.matcher(source).results().map(match -> match.group(1)));
    }

    private static List<String> sources(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            var sources = new ArrayList<String>();
            for (var file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                sources.add(Files.readString(file));
            }
            return sources;
        }
    }

    private static Properties texts(Locale locale) throws IOException {
        var texts = new Properties();
        try (var in = Files.newBufferedReader(file(locale))) {
            texts.load(in);
        }
        return texts;
    }

    private static Path file(Locale locale) {
        return Path.of("web/messages/messages_" + Languages.tag(locale) + ".properties");
    }
}
