package motette.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import motette.shared.Texts;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SächsGemO § 39: half of the seats; a quarter where bias excludes more than half; three in a second session. */
class QuorumTest {

    private static final RulesOfProcedure RULES = SomeRules.of(1, 2, 1, 4, 3);

    @ParameterizedTest
    @CsvSource({
        // seats, present, biased, second, needed, counted, reached, rule
        "11, 6, 0, false, 6, 6, true, REGULAR",
        "11, 5, 0, false, 6, 5, false, REGULAR",
        "11, 11, 0, false, 6, 11, true, REGULAR",
        "18, 9, 0, false, 9, 9, true, REGULAR",
        "18, 8, 0, false, 9, 8, false, REGULAR",
        "11, 7, 1, false, 6, 6, true, REGULAR",
        "11, 6, 1, false, 6, 5, false, REGULAR",
        "11, 11, 5, false, 6, 6, true, REGULAR",
        "11, 11, 6, false, 3, 5, true, BIAS",
        "11, 9, 6, false, 3, 3, true, BIAS",
        "11, 8, 6, false, 3, 2, false, BIAS",
        "18, 18, 9, false, 9, 9, true, REGULAR",
        "18, 18, 10, false, 5, 8, true, BIAS",
        "5, 5, 3, false, 2, 2, true, BIAS",
        "11, 3, 0, true, 3, 3, true, SECOND",
        "11, 2, 0, true, 3, 2, false, SECOND",
        "11, 5, 2, true, 3, 3, true, SECOND",
        "5, 3, 0, true, 3, 3, true, REGULAR",
        "4, 2, 0, true, 2, 2, true, REGULAR",
        "0, 0, 0, false, 0, 0, false, REGULAR"
    })
    void is_reckoned_from_seats_presence_and_bias(
            int seats,
            int present,
            int biased,
            boolean second,
            int needed,
            int counted,
            boolean reached,
            Quorum.Rule rule) {
        var quorum = Quorum.of(RULES, seats, present, biased, second);
        assertThat(quorum.needed()).isEqualTo(needed);
        assertThat(quorum.counted()).isEqualTo(counted);
        assertThat(quorum.isReached()).isEqualTo(reached);
        assertThat(quorum.rule()).isEqualTo(rule);
    }

    @Test
    void says_its_calculation_in_words() {
        assertThat(said(Quorum.of(RULES, 11, 6, 0, false)))
                .isEqualTo(
                        "Von 11 Sitzen muss mindestens die Hälfte teilnehmen, das sind 6. Da sind 6. Das Gremium kann"
                                + " beschließen.");
        assertThat(said(Quorum.of(RULES, 11, 6, 1, false)))
                .isEqualTo(
                        "Von 11 Sitzen muss mindestens die Hälfte teilnehmen, das sind 6. Da sind 6, davon befangen 1."
                                + " Es zählen 5. Das Gremium kann nicht beschließen.");
        assertThat(said(Quorum.of(RULES, 11, 10, 6, false)))
                .isEqualTo("Von 11 Sitzen sind 6 befangen, mehr als die Hälfte. Dann reicht ein Viertel der Sitze, das"
                        + " sind 3. Da sind 10, davon befangen 6. Es zählen 4. Das Gremium kann beschließen.");
        assertThat(said(Quorum.of(RULES, 11, 3, 0, true)))
                .isEqualTo("In der zweiten Sitzung genügen 3 von 11 Sitzen. Da sind 3. Das Gremium kann beschließen.");
    }

    @Test
    void says_any_other_share_as_a_fraction() {
        assertThat(said(Quorum.of(SomeRules.of(3, 5, 1, 4, 3), 10, 6, 0, false)))
                .contains("mindestens 3/5 teilnehmen, das sind 6");
        assertThat(said(Quorum.of(SomeRules.of(2, 3, 1, 4, 3), 9, 6, 0, false))).contains("zwei Drittel");
        assertThat(said(Quorum.of(SomeRules.of(1, 3, 1, 4, 3), 9, 3, 0, false))).contains("ein Drittel");
    }

    @ParameterizedTest
    @CsvSource({"11, 12, 0", "11, 3, 4", "11, 3, -1", "-1, 0, 0"})
    void refuses_numbers_that_contradict_each_other(int seats, int present, int biased) {
        assertThatThrownBy(() -> Quorum.of(RULES, seats, present, biased, false))
                .hasMessageContaining("Of " + seats + " seats " + present + " are present");
    }

    /** Nobody who comes takes a quorum away; nobody decides alone by nobody being there. */
    @Property
    void whoever_comes_never_makes_it_worse(
            @ForAll @IntRange(min = 1, max = 40) int seats,
            @ForAll @IntRange(max = 40) int present,
            @ForAll @IntRange(max = 40) int biased,
            @ForAll boolean second) {
        if (present < seats && biased <= present) {
            var before = Quorum.of(RULES, seats, present, biased, second);
            var after = Quorum.of(RULES, seats, present + 1, biased, second);
            assertThat(!before.isReached() || after.isReached()).isTrue();
            assertThat(before.isReached() && before.counted() == 0).isFalse();
        }
    }

    private static String said(Quorum quorum) {
        return new Texts().get(Locale.GERMAN, quorum.sentence());
    }
}
