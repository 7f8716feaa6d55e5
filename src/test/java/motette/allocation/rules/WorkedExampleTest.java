package motette.allocation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import org.junit.jupiter.api.Test;

/** The example in the specification, with every figure. Projects 1 to 4 have the indices 0 to 3. */
class WorkedExampleTest {

    private final Rule equalShares = Rule.of(Method.EQUAL_SHARES);

    @Test
    void plain_equal_shares_buys_1_and_4() {
        var found = Rules.allocate(Examples.worked(), equalShares);
        assertThat(found.selected()).containsExactly(0, 3);
        assertThat(found.totalCost()).isEqualByComparingTo("700");
        assertThat(found.left()).isEqualByComparingTo("300");
        assertThat(found.endowments()).isEqualTo(new Allocation.Endowments(whole(100), whole(100), 1));
        assertThat(found.reason(0))
                .isEqualTo(new Reason.Bought(
                        1,
                        Fraction.of(1, 7),
                        Fraction.of(500, 7),
                        whole(7),
                        whole(700),
                        whole(200),
                        7,
                        0,
                        Fraction.ZERO,
                        Tie.NONE));
        assertThat(found.reason(3))
                .isEqualTo(new Reason.Bought(
                        2,
                        Fraction.of(1, 3),
                        Fraction.of(200, 3),
                        whole(3),
                        whole(300),
                        whole(100),
                        3,
                        0,
                        Fraction.ZERO,
                        Tie.NONE));
        assertThat(found.reason(1))
                .isEqualTo(new Reason.SupportersShort(
                        2,
                        Fraction.of(1000, 7),
                        Fraction.of(1000, 7),
                        List.of(new Reason.Share(0, Fraction.of(2500, 7))),
                        BigInteger.valueOf(3),
                        new BigDecimal("300"),
                        false));
        assertThat(found.reason(2))
                .isEqualTo(new Reason.SupportersShort(
                        1,
                        whole(200),
                        Fraction.of(200, 3),
                        List.of(new Reason.Share(3, Fraction.of(400, 3))),
                        BigInteger.valueOf(3),
                        new BigDecimal("300"),
                        true));
    }

    @Test
    void what_equal_shares_leaves_goes_to_the_next_by_votes_that_fits() {
        var found = Rules.allocate(Examples.worked(), equalShares.with(Completion.GREEDY));
        assertThat(found.selected()).containsExactly(0, 3, 2);
        assertThat(found.totalCost()).isEqualByComparingTo("1000");
        assertThat(found.reason(2)).isEqualTo(new Reason.NextInOrder(new BigDecimal("300"), Tie.NONE));
        assertThat(found.reason(1))
                .isEqualTo(new Reason.SupportersShort(
                        2,
                        Fraction.of(1000, 7),
                        Fraction.of(1000, 7),
                        List.of(new Reason.Share(0, Fraction.of(2500, 7))),
                        BigInteger.valueOf(3),
                        new BigDecimal("0"),
                        false));
    }

    @Test
    void add1_stops_at_151_after_53_runs() {
        var found = Rules.allocate(Examples.worked(), equalShares.with(Completion.ADD1));
        assertThat(found.selected()).containsExactly(0, 3);
        assertThat(found.endowments()).isEqualTo(new Allocation.Endowments(whole(100), whole(151), 53));
        assertThat(((Reason.SupportersShort) found.reason(1)).end()).isEqualTo(Fraction.of(2785, 7));
    }

    @Test
    void add1u_adds_3() {
        var found = Rules.allocate(Examples.worked(), equalShares.with(Completion.ADD1U));
        assertThat(found.selected()).containsExactly(0, 3, 2);
        assertThat(found.endowments()).isEqualTo(new Allocation.Endowments(whole(100), whole(151), 53));
        assertThat(found.left()).isEqualByComparingTo("0");
    }

    @Test
    void greedy_by_votes_takes_1_and_2() {
        var found = Rules.allocate(Examples.worked(), Rule.of(Method.GREEDY_VOTES));
        assertThat(found.selected()).containsExactly(0, 1);
        assertThat(found.reasons())
                .containsExactly(
                        new Reason.NextInOrder(new BigDecimal("1000"), Tie.NONE),
                        new Reason.NextInOrder(new BigDecimal("500"), Tie.NONE),
                        new Reason.DidNotFit(new BigDecimal("100"), BigInteger.valueOf(3), false),
                        new Reason.DidNotFit(new BigDecimal("100"), BigInteger.valueOf(2), false));
        assertThat(found.endowments()).isEqualTo(Allocation.Endowments.NONE);
    }

    @Test
    void greedy_by_ratio_takes_4_1_and_3() {
        var found = Rules.allocate(Examples.worked(), Rule.of(Method.GREEDY_RATIO));
        assertThat(found.selected()).containsExactly(3, 0, 2);
        // 6 votes for 400 are more than 7 for 500, and 800 were left then.
        assertThat(found.reason(1))
                .isEqualTo(new Reason.DidNotFit(new BigDecimal("300"), BigInteger.valueOf(1), false));
    }

    @Test
    void of_two_best_sets_by_votes_the_cheaper_wins() {
        var found =
                Rules.allocate(Examples.worked(), Rule.of(Method.MAX_WELFARE).with(Utility.CARDINALITY));
        assertThat(found.reasons())
                .containsExactly(
                        new Reason.InBestSet(BigInteger.valueOf(12)),
                        new Reason.InBestSet(BigInteger.valueOf(12)),
                        new Reason.NotInBestSet(BigInteger.valueOf(12), BigInteger.valueOf(12), new BigDecimal("1000")),
                        new Reason.NotInBestSet(
                                BigInteger.valueOf(12), BigInteger.valueOf(12), new BigDecimal("1000")));
    }

    @Test
    void phragmen_takes_4_and_1_and_stops_before_2() {
        var found = Rules.allocate(Examples.worked(), Rule.of(Method.PHRAGMEN));
        assertThat(found.selected()).containsExactly(3, 0);
        assertThat(found.reasons())
                .containsExactly(
                        new Reason.Loaded(2, Fraction.of(500, 7), Tie.NONE),
                        new Reason.StoppedBefore(Fraction.of(1060, 7), 1, new BigDecimal("300")),
                        new Reason.StoppedBefore(Fraction.of(650, 3), 1, new BigDecimal("300")),
                        new Reason.Loaded(1, Fraction.of(200, 3), Tie.NONE));
    }

    @Test
    void a_sixth_of_the_budget_six_times_is_the_whole_budget() {
        var found = Rules.allocate(Examples.sixth(), equalShares);
        assertThat(found.selected()).containsExactly(3);
        assertThat(((Reason.Bought) found.reason(3)).after()).isEqualTo(Fraction.ZERO);
    }

    @Test
    void projects_of_equal_effective_votes_are_tied_although_their_costs_differ() {
        var found = Rules.allocate(Examples.tied(), equalShares);
        assertThat(found.selected()).containsExactly(3, 4, 6, 0);
        assertThat(((Reason.Bought) found.reason(3)).tie())
                .isEqualTo(new Tie(List.of(4), List.of(TieOrder.Criterion.COST)));
    }

    private static Fraction whole(long number) {
        return Fraction.of(number);
    }
}
