package motette.allocation.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import motette.allocation.CityElection;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every rule does with odd projects, with decisions taken beforehand and with ties. */
class RulesTest {

    private final Rule equalShares = Rule.of(Method.EQUAL_SHARES);

    @Test
    void the_rules_know_neither_database_nor_http() {
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("motette.allocation.rules")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "motette.allocation.rules")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("motette.allocation.rules"));
    }

    // ── before any rule ──

    @ParameterizedTest
    @EnumSource(Method.class)
    void a_project_without_votes_is_never_funded(Method method) {
        var found =
                Rules.allocate(Examples.approvals(100, 10, 0, 20).ballot(2, 0).build(), Rule.of(method));
        assertThat(found.selected()).containsExactly(0);
        assertThat(found.reason(1)).isEqualTo(new Reason.NoVotes());
        assertThat(found.reason(2)).isEqualTo(new Reason.NoVotes());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void what_costs_nothing_and_has_a_vote_comes_first(Method method) {
        var found = Rules.allocate(
                Examples.approvals(100, 100, 0, 0)
                        .ballot(3, 0)
                        .ballot(1, 1, 2)
                        .ballot(1, 2)
                        .build(),
                Rule.of(method).with(Completion.GREEDY));
        assertThat(found.selected()).startsWith(2, 1);
        assertThat(found.reason(1)).isEqualTo(new Reason.Free());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void what_costs_more_than_the_budget_is_out_and_stops_nothing(Method method) {
        var rule = Rule.of(method).with(Completion.ADD1).withoutSkipping();
        var found = Rules.allocate(
                Examples.approvals(100, 101, 100).ballot(9, 0).ballot(1, 1).build(), rule);
        assertThat(found.selected()).containsExactly(1);
        assertThat(found.reason(0)).isEqualTo(new Reason.DearerThanBudget(new BigDecimal("100")));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void without_ballots_nothing_is_funded(Method method) {
        var found = Rules.allocate(
                Examples.approvals(100, 10).build(), Rule.of(method).with(Completion.ADD1U));
        assertThat(found.selected()).isEmpty();
        assertThat(found.reasons()).containsExactly(new Reason.NoVotes());
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void a_project_with_fewer_votes_than_asked_for_is_out(Method method) {
        var election = Examples.approvals(100, 10, 10).ballot(3, 0).ballot(2, 1).build();
        assertThat(Rules.allocate(election, Rule.of(method).withMinVotes(3)).reason(1))
                .isEqualTo(new Reason.TooFewVotes(3));
        assertThat(Rules.allocate(election, Rule.of(method).withMinVotes(2)).funded(1))
                .isTrue();
    }

    // ── decided beforehand ──

    @ParameterizedTest
    @EnumSource(Method.class)
    void what_is_decided_in_is_paid_before_the_rule_starts(Method method) {
        var found = Rules.allocate(
                Examples.worked(),
                Rule.of(method)
                        .with(new Limits(Set.of("3"), Set.of(), List.of()))
                        .with(Completion.ADD1U));
        assertThat(found.selected()).startsWith(2);
        assertThat(found.reason(2)).isEqualTo(new Reason.DecidedIn());
        assertThat(found.totalCost()).isLessThanOrEqualTo(new BigDecimal("1000"));
        assertThat(found.endowments().first()).isEqualTo(Fraction.of(method == Method.EQUAL_SHARES ? 70 : 0));
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void what_is_decided_out_stays_out(Method method) {
        var found = Rules.allocate(
                Examples.worked(), Rule.of(method).with(new Limits(Set.of(), Set.of("1", "4"), List.of())));
        assertThat(found.reason(0)).isEqualTo(new Reason.DecidedOut());
        assertThat(found.reason(3)).isEqualTo(new Reason.DecidedOut());
        assertThat(found.selected()).doesNotContain(0, 3);
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void of_projects_that_exclude_each_other_at_most_one_is_funded(Method method) {
        var rule = Rule.of(method)
                .with(Completion.ADD1U)
                .with(new Limits(Set.of(), Set.of(), List.of(Set.of("1", "4"), Set.of("2", "3"))));
        var found = Rules.allocate(Examples.worked(), rule);
        assertThat(found.selected()).doesNotContainSequence(0, 3).hasSize(2);
        assertThat(found.funded(0) && found.funded(3)).isFalse();
        assertThat(found.funded(1) && found.funded(2)).isFalse();
        int funded = found.funded(0) ? 0 : 3;
        assertThat(found.reason(3 - funded)).isEqualTo(new Reason.Excluded(funded));
    }

    /** Votes per cost are nearly equal for all, so no bound tells good sets from bad ones. */
    @Test
    @Timeout(120)
    void a_best_set_that_cannot_be_proven_is_not_told() {
        var random = new SplittableRandom(7);
        var builder = Election.builder(BigDecimal.valueOf(400_000_000), VoteType.APPROVAL);
        for (int i = 0; i < 160; i++) {
            builder.project(String.valueOf(i), BigDecimal.valueOf(random.nextLong(1_000_000, 9_000_000)), "");
        }
        for (int voter = 0; voter < 3; voter++) {
            int least = voter;
            builder.ballot(
                    1, IntStream.range(0, 160).filter(i -> i % 3 >= least).toArray());
        }
        var election = builder.build();
        assertThatThrownBy(() -> Rules.allocate(election, Rule.of(Method.MAX_WELFARE)))
                .isInstanceOf(TooManySets.class)
                .hasMessageContaining("Choose another rule");
    }

    /** Ten ideas are paid at once; what is left waits for two people who each want a third of the budget. */
    @Test
    @Timeout(20)
    void add1_does_not_run_every_step_until_two_people_can_pay_for_what_nobody_else_wants() {
        var builder = Election.builder(new BigDecimal("100000.00"), VoteType.APPROVAL);
        for (int i = 1; i <= 10; i++) {
            builder.project(String.valueOf(i), BigDecimal.valueOf(7_000), "");
        }
        builder.project("11", BigDecimal.valueOf(30_000), "").project("12", BigDecimal.valueOf(30_000), "");
        for (int voter = 0; voter < 2_996; voter++) {
            builder.ballot(1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
        builder.ballot(2, 10).ballot(2, 11);
        var found = Rules.allocate(
                builder.build(),
                equalShares.with(Completion.ADD1U).with(Start.EXACT).withIncrement(new BigDecimal("0.01")));
        assertThat(found.selected()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        // Each voter's money rises from 33.33 until the last step below 15,000, where both would be bought.
        assertThat(found.endowments().last()).isBetween(Fraction.of(1_499_999, 100), Fraction.of(15_000));
        assertThat(found.endowments().runs()).isGreaterThan(1_490_000);
    }

    @Test
    void add1_does_not_wait_for_a_project_that_is_excluded() {
        var election = Examples.approvals(100, 60, 40).ballot(3, 0).ballot(1, 1).build();
        var rule = equalShares.with(Completion.ADD1).with(new Limits(Set.of(), Set.of(), List.of(Set.of("1", "2"))));
        var found = Rules.allocate(election, rule.with(Stop.OVERSPEND));
        assertThat(found.selected()).containsExactly(0);
        assertThat(found.reason(1)).isEqualTo(new Reason.Excluded(0));
        assertThat(found.endowments().runs()).isEqualTo(1);
    }

    @Test
    void a_free_project_excludes_as_any_other() {
        var found = Rules.allocate(
                Examples.approvals(100, 0, 50).ballot(1, 0).ballot(9, 1).build(),
                equalShares.with(new Limits(Set.of(), Set.of(), List.of(Set.of("1", "2")))));
        assertThat(found.reasons()).containsExactly(new Reason.Free(), new Reason.Excluded(0));
    }

    @Test
    void contradictions_are_refused_by_name() {
        refuses(new Limits(Set.of("x", "1"), Set.of("12", "9"), List.of(Set.of("2", "y"))))
                .hasMessage("The limits name projects 9, 12, x, y, not in this election");
        refuses(new Limits(Set.of("1", "2"), Set.of("2"), List.of()))
                .hasMessage("The limits decide project 2 both in and out");
        refuses(new Limits(Set.of("1", "3"), Set.of(), List.of(Set.of("3", "2", "1"))))
                .hasMessage("The limits decide in projects 1, 3, which exclude each other");
        refuses(new Limits(Set.of("1", "2", "3"), Set.of(), List.of()))
                .hasMessage("The limits decide in projects 1, 2, 3 at a cost of 1200, more than the budget of 1000");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> refuses(Limits limits) {
        return assertThatThrownBy(() -> Rules.allocate(
                        Examples.worked(), Rule.of(Method.GREEDY_VOTES).with(limits)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_increment_of_nothing_is_refused() {
        assertThatThrownBy(() -> Rules.allocate(
                        Examples.worked(), equalShares.with(Completion.ADD1).withIncrement(new BigDecimal("0.00"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The increment is 0.00; it must be above zero");
    }

    @Test
    void a_lot_that_names_a_project_twice_is_refused() {
        assertThatThrownBy(() ->
                        Rules.allocate(Examples.worked(), equalShares.with(TieOrder.drawn(List.of("3", "1", "3")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The drawn order names project 3 twice");
    }

    // ── ties ──

    @Test
    void ids_of_digits_come_first_by_number_and_the_others_by_code_point() {
        var ids = List.of("7a", "10", "2", "b", "007", "7", "B", "\uFF21", "\uD83D\uDE00", "", "٣");
        assertThat(ids.stream().sorted(Ranking::natural).toList())
                .containsExactly("2", "007", "7", "10", "", "7a", "B", "b", "٣", "\uFF21", "\uD83D\uDE00");
    }

    @Test
    void every_criterion_of_the_tie_order_is_named_where_it_decides() {
        var election = Examples.approvals(100, 20, 10, 10, 10)
                .ballot(2, 0, 1, 2)
                .ballot(1, 3)
                .ballot(1, 3)
                .build();
        var votes = Rule.of(Method.GREEDY_VOTES);
        assertThat(tie(Rules.allocate(election, votes), 1))
                .isEqualTo(new Tie(
                        List.of(2, 3, 0),
                        List.of(TieOrder.Criterion.ID, TieOrder.Criterion.ID, TieOrder.Criterion.COST)));
        assertThat(tie(Rules.allocate(election, votes.with(TieOrder.drawn(List.of("3")))), 2))
                .isEqualTo(new Tie(
                        List.of(1, 3, 0),
                        List.of(TieOrder.Criterion.LOT, TieOrder.Criterion.LOT, TieOrder.Criterion.COST)));
        var ratios = Examples.approvals(100, 20, 10).ballot(2, 0).ballot(1, 1).build();
        assertThat(tie(Rules.allocate(ratios, Rule.of(Method.GREEDY_RATIO)), 0))
                .isEqualTo(new Tie(List.of(1), List.of(TieOrder.Criterion.VOTES)));
        assertThat(tie(Rules.allocate(ratios, Rule.of(Method.GREEDY_RATIO).with(TieOrder.COST_VOTES_ID)), 1))
                .isEqualTo(new Tie(List.of(0), List.of(TieOrder.Criterion.COST)));
    }

    private static Tie tie(Allocation allocation, int project) {
        return ((Reason.NextInOrder) allocation.reason(project)).tie();
    }

    // ── Equal Shares ──

    /** At 68 more is bought than there is money for; at 70 the first two, at 140, the whole budget. */
    @Test
    void the_climb_ends_where_a_run_first_costs_too_much_although_a_later_one_would_not() {
        var election = Examples.approvals(140, 90, 50, 110)
                .ballot(1, 0, 1, 2)
                .ballot(1, 0, 1)
                .ballot(1, 2)
                .ballot(1)
                .build();
        var found = Rules.allocate(election, equalShares.with(Completion.ADD1));
        assertThat(found.selected()).containsExactly(1);
        assertThat(found.endowments()).isEqualTo(new Allocation.Endowments(Fraction.of(35), Fraction.of(67), 34));
        var progress = Progress.begin(election, equalShares);
        var purses = new Purses(new Supporters(progress, false), Utility.COST, progress.left(), Arithmetic.FILTERED);
        assertThat(purses.run(Fraction.of(68)).overspent()).isTrue();
        assertThat(purses.run(Fraction.of(70)).overspent()).isFalse();
        assertThat(purses.run(Fraction.of(70)).cost()).isEqualTo(140);
    }

    @Test
    void several_runs_at_once_end_where_one_after_another_does() {
        var election = CityElection.of(3, 400, 30, 3.6).election();
        var progress = Progress.begin(election, equalShares);
        var supporters = new Supporters(progress, false);
        var ends = IntStream.of(1, 2, 3, 7)
                .mapToObj(atOnce -> new Climb(
                                () -> new Purses(supporters, Utility.COST, progress.left(), Arithmetic.FILTERED),
                                run -> false,
                                atOnce)
                        .climb(Fraction.of(1), Fraction.of(17)))
                .toList();
        assertThat(ends).containsOnly(ends.getFirst());
        assertThat(ends.getFirst().runs()).isGreaterThan(100);
    }

    @Test
    void a_city_is_decided_alike_by_doubles_and_by_fractions() {
        for (long seed = 1; seed <= 5; seed++) {
            var election = CityElection.of(seed, 3_000, 60, 3.6).election();
            for (var utility : Utility.values()) {
                var rule = equalShares.with(Completion.GREEDY).with(utility);
                var fast = Rules.allocate(election, rule);
                var exact = Rules.allocate(election, rule, Arithmetic.EXACT);
                assertThat(fast.reasons()).isEqualTo(exact.reasons());
                assertThat(fast.selected()).isEqualTo(exact.selected()).hasSizeGreaterThan(15);
            }
            var phragmen = Rule.of(Method.PHRAGMEN);
            assertThat(Rules.allocate(election, phragmen).reasons())
                    .isEqualTo(
                            Rules.allocate(election, phragmen, Arithmetic.EXACT).reasons());
        }
    }

    @Test
    void where_everything_fits_nothing_is_raised() {
        var found = Rules.allocate(
                Examples.approvals(100, 60, 40).ballot(5, 0).ballot(1, 1).build(), equalShares.with(Completion.ADD1));
        assertThat(found.selected()).containsExactly(0, 1);
        assertThat(found.endowments().runs()).isEqualTo(1);
        assertThat(found.reason(1)).isEqualTo(new Reason.NextInOrder(new BigDecimal("40"), Tie.NONE));
    }

    @Test
    void the_integral_start_is_whole_currency_even_where_costs_have_cents() {
        var election = Election.builder(new BigDecimal("10.50"), VoteType.APPROVAL)
                .project("1", new BigDecimal("4.25"), "")
                .project("2", new BigDecimal("8"), "")
                .ballot(2, 0)
                .ballot(2, 1)
                .build();
        var found = Rules.allocate(election, equalShares.with(Completion.ADD1));
        assertThat(found.endowments().first()).isEqualTo(Fraction.of(2));
        assertThat(found.endowments().last()).isEqualTo(Fraction.of(3));
    }

    @Test
    void points_count_as_utility_and_the_richer_in_points_pays_more() {
        var election = Election.builder(new BigDecimal("100"), VoteType.CUMULATIVE)
                .project("1", new BigDecimal("60"), "")
                .ballot(1, new int[] {0}, new long[] {3})
                .ballot(1, new int[] {0}, new long[] {1})
                .build();
        var bought = (Reason.Bought)
                Rules.allocate(election, equalShares.with(Utility.SCORE)).reason(0);
        assertThat(bought)
                .isEqualTo(new Reason.Bought(
                        1,
                        Fraction.of(15),
                        Fraction.of(45),
                        Fraction.of(1, 15),
                        Fraction.of(100),
                        Fraction.of(40),
                        2,
                        0,
                        Fraction.ZERO,
                        Tie.NONE));
    }

    // ── greatest welfare ──

    /** Thousands of sets use the whole budget: easy to find, hard to prove best, and the first by places is wanted. */
    @Test
    void few_voters_and_many_equal_sets_do_not_keep_the_best_set_waiting() {
        var costs = LongStream.range(0, 28)
                .map(i -> 3_001 + i * i * i * 7_919 % 9_973)
                .toArray();
        var election = Examples.approvals(100_000, costs)
                .ballot(2, IntStream.range(0, 28).toArray())
                .build();
        var found = assertTimeout(Duration.ofSeconds(60), () -> Rules.allocate(election, Rule.of(Method.MAX_WELFARE)));
        assertThat(found.selected().stream().map(project -> costs[project]).toList())
                .isEqualTo(firstOfSum(100_000, LongStream.of(costs).sorted().toArray()));
    }

    /** Of ascending costs those that make up the sum, or come closest to it, each as early as possible. */
    private static List<Long> firstOfSum(int sum, long[] costs) {
        var reachable = new boolean[costs.length + 1][sum + 1];
        reachable[costs.length][0] = true;
        for (int i = costs.length - 1; i >= 0; i--) {
            for (int part = 0; part <= sum; part++) {
                reachable[i][part] =
                        reachable[i + 1][part] || part >= costs[i] && reachable[i + 1][part - (int) costs[i]];
            }
        }
        var taken = new ArrayList<Long>();
        int left = sum;
        while (!reachable[0][left]) {
            left--;
        }
        for (int i = 0; i < costs.length; i++) {
            if (left >= costs[i] && reachable[i + 1][left - (int) costs[i]]) {
                taken.add(costs[i]);
                left -= (int) costs[i];
            }
        }
        return taken;
    }

    // ── big numbers ──

    @ParameterizedTest
    @EnumSource(Method.class)
    void costs_beyond_64_bits_are_exact_to_the_last_unit(Method method) {
        var huge = new BigDecimal("36893488147419103232000000000000001");
        var election = Election.builder(huge, VoteType.APPROVAL)
                .project("1", huge.add(BigDecimal.ONE), "")
                .project("2", huge, "")
                .ballot(3, 0, 1)
                .build();
        var found = Rules.allocate(election, Rule.of(method));
        assertThat(found.selected()).containsExactly(1);
        assertThat(found.left()).isZero();
        assertThat(found.reason(0)).isEqualTo(new Reason.DearerThanBudget(huge));
    }

    @Test
    void the_best_set_is_exact_beyond_64_bits() {
        var unit = BigInteger.ONE.shiftLeft(70);
        var election = Election.builder(new BigDecimal(unit.multiply(BigInteger.TWO)), VoteType.APPROVAL)
                .project("1", new BigDecimal(unit.add(BigInteger.ONE)), "")
                .project("2", new BigDecimal(unit), "")
                .project("3", new BigDecimal(unit.subtract(BigInteger.ONE)), "")
                .project("4", new BigDecimal(unit), "")
                .ballot(1, 0, 1, 2, 3)
                .build();
        var found = Rules.allocate(election, Rule.of(Method.MAX_WELFARE));
        assertThat(found.left()).isZero();
        // Cheaper is better in the tie order: 3 comes first, so 1 and 3 beat 2 and 4.
        assertThat(found.selected()).containsExactlyInAnyOrder(0, 2);
    }
}
