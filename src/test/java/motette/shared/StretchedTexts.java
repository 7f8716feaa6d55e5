package motette.shared;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** Every text two fifths longer, as a language might be that we do not speak yet: {@code motette.test.stretched} in a test's properties. */
@Factory
@Requires(property = "motette.test.stretched")
public final class StretchedTexts {

    private static final Pattern ARGUMENTS = Pattern.compile("\\{(?:[^{}]|\\{[^{}]*})*}");
    private static final String FILLING = "longer language words ";

    @Singleton
    @Replaces(Texts.class)
    Texts stretched() {
        return new Texts((language, text) -> stretch(text));
    }

    /** A word becomes a longer word, several words become more. */
    public static String stretch(String text) {
        var words = ARGUMENTS.matcher(text).replaceAll("");
        int more = (int) Math.ceil(words.strip().length() * .4);
        if (more == 0 || text.contains("'{'")) {
            return text;
        } else if (words.equals(text) && !text.strip().contains(" ")) {
            return text + text.substring(0, Math.min(more, text.length()));
        } else {
            return text + " " + FILLING.repeat(1 + more / FILLING.length()).substring(0, more);
        }
    }
}
