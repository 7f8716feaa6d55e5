package motette.residence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CodeTest {

    @Property(tries = 300)
    void every_single_wrong_sign_is_found(@ForAll("payloads") String payload) {
        var signs = Code.of(payload).signs();
        for (int i = 0; i < signs.length(); i++) {
            for (char other : Code.ALPHABET.toCharArray()) {
                if (other != signs.charAt(i)) {
                    var wrong = signs.substring(0, i) + other + signs.substring(i + 1);
                    assertThat(Code.read(wrong, signs.length())).as(wrong).isEmpty();
                }
            }
        }
    }

    @Property(tries = 300)
    void every_exchange_of_two_signs_is_found_neighbours_or_not(@ForAll("payloads") String payload) {
        var signs = Code.of(payload).signs();
        for (int i = 0; i < signs.length(); i++) {
            for (int j = i + 1; j < signs.length(); j++) {
                if (signs.charAt(i) != signs.charAt(j)) {
                    var swapped = new StringBuilder(signs);
                    swapped.setCharAt(i, signs.charAt(j));
                    swapped.setCharAt(j, signs.charAt(i));
                    assertThat(Code.read(swapped.toString(), signs.length())).isEmpty();
                }
            }
        }
    }

    @Property(tries = 300)
    void a_code_is_read_however_it_is_typed(@ForAll("payloads") String payload) {
        var code = Code.of(payload);
        var length = code.signs().length();
        assertThat(Code.read(code.grouped(), length)).contains(code);
        assertThat(Code.read(" " + code.grouped().toLowerCase(java.util.Locale.ROOT) + " ", length))
                .contains(code);
        assertThat(Code.read(code.grouped().replace(' ', '-'), length)).contains(code);
        assertThat(Code.read(code.grouped().replace(" ", " – "), length)).contains(code);
        assertThat(Code.read(code.signs() + "2", length)).isEmpty();
        assertThat(Code.read(code.signs().substring(1), length)).isEmpty();
    }

    @Provide
    Arbitrary<String> payloads() {
        return Arbitraries.of(Code.OF_LETTER, Code.OF_DESK)
                .flatMap(length -> Arbitraries.strings()
                        .withChars(Code.ALPHABET.toCharArray())
                        .ofLength(length - 1));
    }

    @Test
    void the_signs_cannot_be_mistaken_and_their_number_is_prime() {
        assertThat(Code.ALPHABET).hasSize(31).doesNotContain("0", "O", "1", "I", "L");
        assertThat(Code.ALPHABET.chars().distinct().count()).isEqualTo(31);
    }

    @Test
    void codes_of_a_batch_differ_and_say_nothing_of_themselves_in_a_log() {
        var random = new SecureRandom();
        var seen = new HashSet<Code>();
        for (int i = 0; i < 5_000; i++) {
            var code = Code.random(Code.OF_LETTER, random);
            assertThat(seen.add(code)).isTrue();
            assertThat(code.toString()).doesNotContain(code.signs());
        }
        assertThat(Code.of("22222222222").grouped()).matches("\\w{4} \\w{4} \\w{4}");
        assertThatThrownBy(() -> new Code("ABCDEF")).hasMessageNotContaining("ABCDEF");
    }
}
