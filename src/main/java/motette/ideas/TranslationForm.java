package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import java.util.Set;
import motette.shared.Languages;
import motette.shared.Problems;

/**
 * A wording in another language as it was typed.
 *
 * @param language tag of the language
 * @param madeBy   who made it: coordinator, volunteer or machine; an author's is the author's, whatever is sent
 * @param helper   what a volunteer wants to be called
 */
@Introspected
record TranslationForm(String language, String title, String description, String madeBy, String helper) {

    static final int TITLE_MAX = 160;
    static final int DESCRIPTION_MAX = 8_000;
    static final int HELPER_MAX = 60;

    private static final int SHORTEST = 2;
    private static final Set<String> MAKERS = Set.of("coordinator", "volunteer", "machine");

    static TranslationForm of(Map<String, String> sent) {
        return new TranslationForm(
                sent.getOrDefault("language", ""),
                sent.getOrDefault("title", "").strip().replaceAll("\\s+", " "),
                sent.getOrDefault("description", "").replace("\r\n", "\n").strip(),
                maker(sent.getOrDefault("made-by", "")),
                sent.getOrDefault("helper", "").strip().replaceAll("\\s+", " "));
    }

    private static String maker(String sent) {
        return MAKERS.contains(sent) ? sent : "coordinator";
    }

    static TranslationForm empty(String language) {
        return new TranslationForm(language, "", "", "coordinator", "");
    }

    /** The name counts only beside a volunteer's work. */
    String namedHelper() {
        return madeBy.equals("volunteer") ? helper : "";
    }

    String direction() {
        return Languages.direction(language);
    }

    /** @param original language the idea is written in, which needs no translation */
    Problems problems(String original) {
        var problems = Problems.none();
        if (Languages.find(language).isEmpty() || language.equals(original)) {
            problems.add("in", "translation.problem.language");
        }
        length(problems, "title", title, TITLE_MAX);
        length(problems, "description", description, DESCRIPTION_MAX);
        if (madeBy.equals("volunteer") && (helper.isEmpty() || Typed.length(helper) > HELPER_MAX)) {
            problems.add("helper", "translation.problem.helper", HELPER_MAX);
        }
        return problems;
    }

    private static void length(Problems problems, String field, String text, int most) {
        var length = Typed.length(text);
        if (length < SHORTEST) {
            problems.add(field, "translation.problem.empty");
        } else if (length > most) {
            problems.add(field, "translation.problem.long", most, length);
        }
    }
}
