package motette.shared;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class DescribedTest {

    @Test
    void a_long_text_ends_with_a_whole_word_and_a_sign_that_it_goes_on() {
        var text = Described.beginning("Eine Bank  im\n\nSchatten. ".repeat(40));
        assertThat(text)
                .startsWith("Eine Bank im Schatten. Eine Bank")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(180);
        assertThat(text.substring(0, text.length() - 1)).matches("(?:(?:Eine|Bank|im|Schatten\\.) ?)+");
    }

    @Property(tries = 500)
    void it_is_the_text_in_one_line_as_far_as_it_goes(
            @ForAll @StringLength(max = 600) @Chars({' ', '\n', '\t'}) @CharRange(from = 'a', to = 'c') String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        var beginning = Described.beginning(text);
        if (line.length() <= Described.LONGEST) {
            assertThat(beginning).isEqualTo(line);
        } else {
            assertThat(beginning).endsWith("…").hasSizeLessThanOrEqualTo(Described.LONGEST);
            assertThat(line).startsWith(beginning.substring(0, beginning.length() - 1));
        }
    }
}
