package motette;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import motette.shared.Languages;
import org.junit.jupiter.api.Test;

/** The languages stay in step: nobody meets a page that is half translated. */
class MessagesTest {

    @Test
    void every_language_has_the_same_texts() throws IOException {
        var keys = texts(Languages.standard()).stringPropertyNames();
        for (var locale : Languages.ALL) {
            assertThat(new TreeSet<>(texts(locale).stringPropertyNames()))
                    .as("texts in %s", locale.getLanguage())
                    .isEqualTo(new TreeSet<>(keys));
        }
    }

    @Test
    void no_text_is_empty_or_said_twice_and_every_pattern_can_be_filled() throws IOException {
        for (var locale : Languages.ALL) {
            var texts = texts(locale);
            for (var key : texts.stringPropertyNames()) {
                assertThat(texts.getProperty(key))
                        .as("%s in %s", key, locale.getLanguage())
                        .isNotBlank();
                new MessageFormat(texts.getProperty(key), locale);
            }
            var keys = Files.readAllLines(file(locale)).stream()
                    .filter(line -> line.contains("=") && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf('=')).strip())
                    .toList();
            assertThat(keys).doesNotHaveDuplicates();
        }
    }

    @Test
    void every_text_that_a_template_names_exists() throws IOException {
        var keys = texts(Languages.standard()).stringPropertyNames();
        var named = Pattern.compile("#\\{([a-z][a-z0-9.-]*)[}(]");
        try (var files = Files.walk(Path.of("web"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                var used = named.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());
                assertThat(keys).as(file.toString()).containsAll(used);
            }
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
        return Path.of("web/messages/messages_" + locale.getLanguage() + ".properties");
    }
}
