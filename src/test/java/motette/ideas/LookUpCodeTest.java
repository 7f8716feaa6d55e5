package motette.ideas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LookUpCodeTest {

    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ";

    private final Random random = new Random(4);

    @Test
    void a_code_is_read_as_people_write_it() {
        var code = code();
        assertThat(code.grouped()).matches("([A-HJKMNP-Z]{4}-){3}[A-HJKMNP-Z]{4}");
        assertThat(LookUpCode.read(code.grouped())).contains(code);
        assertThat(LookUpCode.read(" " + code.letters().toLowerCase(java.util.Locale.ROOT) + "\n"))
                .contains(code);
        assertThat(LookUpCode.read(code.grouped().replace("-", " – "))).contains(code);
        assertThat(code.toString()).doesNotContain(code.letters());
    }

    @Test
    void every_single_slip_and_every_two_letters_swapped_are_noticed() {
        for (int n = 0; n < 50; n++) {
            var letters = code().letters();
            for (int i = 0; i < letters.length(); i++) {
                for (var other : LETTERS.split("")) {
                    var slip = letters.substring(0, i) + other + letters.substring(i + 1);
                    assertThat(LookUpCode.read(slip).isPresent()).as(slip).isEqualTo(slip.equals(letters));
                }
                for (int j = i + 1; j < letters.length() - 1; j++) {
                    var swapped = new StringBuilder(letters);
                    swapped.setCharAt(i, letters.charAt(j));
                    swapped.setCharAt(j, letters.charAt(i));
                    assertThat(LookUpCode.read(swapped.toString()).isPresent())
                            .as(swapped.toString())
                            .isEqualTo(swapped.toString().equals(letters));
                }
            }
        }
    }

    @Test
    void nonsense_is_no_code() {
        for (var typed : new String[] {"", "ABCD", "A".repeat(17), "ÄÖÜß".repeat(4), "1234-5678-9012-3456", "\u0000"}) {
            assertThat(LookUpCode.read(typed)).as(typed).isEmpty();
        }
    }

    private LookUpCode code() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return LookUpCode.from(bytes);
    }
}
