package motette.allocation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import motette.allocation.SomeElection;
import motette.allocation.rules.Checks.Property;
import motette.allocation.rules.Checks.Verdict;
import motette.allocation.rules.Finding.Kind;
import motette.allocation.rules.Published.Payment;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Utility;
import net.jqwik.api.ForAll;
import org.junit.jupiter.api.Test;

/** Outcomes are held against their promises; every promise broken by hand is found under its own name. */
class ChecksTest {

    private static final Election WORKED = SomeElection.worked();
    private static final Rule SHARES = Rule.of(Method.EQUAL_SHARES);
    private static final Published PAID = new Published(
            Fraction.of(100), List.of(new Payment(0, Fraction.of(1, 7)), new Payment(3, Fraction.of(1, 3))));

    @net.jqwik.api.Property(tries = 4000)
    void every_rule_keeps_what_it_promises(@ForAll long seed) {
        var random = new Random(seed);
        var election = SomeElection.random(random);
        var rule = SomeElection.rule(random, election);
        var checks = Checks.of(Rules.allocate(election, rule));
        assertThat(checks.findings()).as("%s", rule).isEmpty();
        assertThat(checks.answers()).allMatch(answer -> !answer.promised() || answer.verdict() != Verdict.NO);
    }

    @Test
    void the_worked_example_is_fair_and_priceable_but_does_not_use_everything() {
        var checks = Checks.of(WORKED, SHARES, List.of(0, 3), Optional.of(PAID));
        assertThat(checks.passed()).isTrue();
        assertThat(checks.answers())
                .extracting(Checks.Answer::verdict)
                .containsExactly(Verdict.YES, Verdict.YES, Verdict.NO, Verdict.YES, Verdict.YES);
        assertThat(checks.answer(Property.EXHAUSTIVE).promised()).isFalse();
        assertThat(Published.of(Rules.allocate(WORKED, SHARES))).isEqualTo(PAID);
    }

    @Test
    void most_votes_can_leave_a_group_with_nothing_that_is_due() {
        var election = SomeElection.named("100", "50", "50", "40")
                .ballot(6, 0, 1)
                .ballot(4, 2)
                .build();
        var found = Rules.allocate(election, Rule.of(Method.GREEDY_VOTES));
        assertThat(found.selected()).containsExactly(0, 1);
        var checks = Checks.of(found);
        assertThat(checks.answer(Property.EJR_PLUS_UP_TO_ONE).verdict()).isEqualTo(Verdict.NO);
        assertThat(checks.passed()).as("the rule never promised it").isTrue();
        for (var utility : List.of(Utility.COST, Utility.CARDINALITY)) {
            assertThat(kinds(Checks.of(election, SHARES.with(utility), List.of(0, 1), Optional.empty())))
                    .containsExactly(Kind.EJR_PLUS_VIOLATED);
            assertThat(Checks.of(Rules.allocate(election, SHARES.with(utility))).passed())
                    .isTrue();
        }
    }

    @Test
    void a_finding_says_what_was_found_with_its_figures() {
        var election = SomeElection.named("100", "50", "50", "40")
                .ballot(6, 0, 1)
                .ballot(4, 2)
                .build();
        assertThat(Checks.of(election, SHARES, List.of(0, 1), Optional.empty()).findings())
                .singleElement()
                .isEqualTo(new Finding(
                        Kind.EJR_PLUS_VIOLATED,
                        List.of(2),
                        "Project '3': 4 supporters with 10 each could have paid for it, and none of them has more than"
                                + " 0 of funded projects"));
    }

    @Test
    void an_outcome_over_budget_is_found() {
        var checks = Checks.of(WORKED, Rule.of(Method.PHRAGMEN), List.of(0, 1, 2), Optional.empty());
        assertThat(kinds(checks)).containsExactly(Kind.OVER_BUDGET);
        assertThat(checks.findings().getFirst().sentence())
                .isEqualTo("The funded projects cost 1200 together, the budget is 1000");
        assertThat(checks.answer(Property.FEASIBLE).verdict()).isEqualTo(Verdict.NO);
    }

    @Test
    void a_project_that_would_still_fit_is_found_where_the_rule_goes_on() {
        var greedy = Rule.of(Method.GREEDY_VOTES);
        assertThat(kinds(Checks.of(WORKED, greedy, List.of(0, 3), Optional.empty())))
                .containsExactly(Kind.NOT_EXHAUSTIVE);
        assertThat(kinds(Checks.of(WORKED, greedy.withoutSkipping(), List.of(0, 3), Optional.empty())))
                .isEmpty();
        assertThat(kinds(Checks.of(WORKED, SHARES.with(Completion.ADD1U), List.of(0, 3), Optional.empty())))
                .containsExactly(Kind.NOT_EXHAUSTIVE);
    }

    @Test
    void limits_that_were_not_kept_are_found() {
        var phragmen = Rule.of(Method.PHRAGMEN);
        var limits = new Limits(Set.of("2"), Set.of("1"), List.of(Set.of("3", "4")));
        assertThat(kinds(Checks.of(WORKED, phragmen.with(limits), List.of(0, 2, 3), Optional.empty())))
                .containsExactly(Kind.FIXED_IN_MISSING, Kind.FIXED_OUT_FUNDED, Kind.EXCLUSIVE_BOTH_FUNDED);
        assertThat(kinds(Checks.of(WORKED, phragmen.withMinVotes(3), List.of(2), Optional.empty())))
                .containsExactly(Kind.FUNDED_BELOW_LEAST_VOTES);
        var unknown = new Limits(Set.of("99"), Set.of(), List.of());
        assertThat(kinds(Checks.of(WORKED, phragmen.with(unknown), List.of(), Optional.empty())))
                .containsExactly(Kind.UNKNOWN_PROJECT);
    }

    @Test
    void what_no_rule_funds_is_found() {
        var election =
                SomeElection.named("100", "150", "50", "0").ballot(3, 0, 2).build();
        assertThat(kinds(Checks.of(election, Rule.of(Method.PHRAGMEN), List.of(0, 1), Optional.empty())))
                .containsExactly(
                        Kind.OVER_BUDGET, Kind.DEARER_THAN_BUDGET, Kind.FUNDED_WITHOUT_VOTES, Kind.FREE_NOT_FUNDED);
    }

    @Test
    void unknown_and_repeated_projects_are_found() {
        var checks = Checks.ofIds(WORKED, Rule.of(Method.PHRAGMEN), List.of("1", "x", "1"), Optional.empty());
        assertThat(kinds(checks)).containsExactly(Kind.UNKNOWN_PROJECT, Kind.NAMED_TWICE);
        assertThat(checks.findings().getFirst().sentence()).isEqualTo("There is no project 'x' in this election");
        assertThat(kinds(Checks.of(WORKED, Rule.of(Method.PHRAGMEN), List.of(4, -1), Optional.empty())))
                .containsExactly(Kind.UNKNOWN_PROJECT, Kind.UNKNOWN_PROJECT);
    }

    @Test
    void prices_that_do_not_pay_the_cost_are_found() {
        var dear = new Published(
                Fraction.of(100), List.of(new Payment(0, Fraction.of(1, 8)), new Payment(3, Fraction.of(1, 3))));
        assertThat(kinds(priced(dear, 0, 3))).containsExactly(Kind.PAYMENTS_ARE_NOT_COST);
        var falling = new Published(
                Fraction.of(100), List.of(new Payment(3, Fraction.of(1, 3)), new Payment(0, Fraction.of(1, 7))));
        assertThat(kinds(priced(falling, 0, 3))).containsExactly(Kind.PRICES_FALL);
    }

    @Test
    void supporters_who_could_still_pay_are_found() {
        var one = new Published(Fraction.of(100), List.of(new Payment(0, Fraction.of(1, 7))));
        assertThat(kinds(priced(one, 0))).containsExactly(Kind.EJR_PLUS_VIOLATED, Kind.SUPPORTERS_HOLD_COST);
        assertThat(kinds(priced(one, 0, 3))).containsExactly(Kind.NOT_PAID, Kind.SUPPORTERS_HOLD_COST);
    }

    @Test
    void money_that_is_just_enough_is_enough() {
        var election = SomeElection.named("10", "10").ballot(3, 0).build();
        var nothing = new Published(Fraction.of(10, 3), List.of());
        assertThat(kinds(Checks.of(election, SHARES, List.of(), Optional.of(nothing))))
                .containsExactly(Kind.EJR_PLUS_VIOLATED, Kind.SUPPORTERS_HOLD_COST);
    }

    @Test
    void purchases_that_cannot_be_are_found() {
        assertThat(kinds(priced(PAID, 0))).containsExactly(Kind.EJR_PLUS_VIOLATED, Kind.PURCHASE_NOT_POSSIBLE);
        var twice = new Published(
                Fraction.of(100),
                List.of(
                        new Payment(0, Fraction.of(1, 7)),
                        new Payment(0, Fraction.of(1, 7)),
                        new Payment(3, Fraction.of(1, 3))));
        assertThat(kinds(priced(twice, 0, 3))).containsExactly(Kind.PURCHASE_NOT_POSSIBLE);
        var nobody = new Published(
                Fraction.of(100), List.of(new Payment(7, Fraction.of(1, 7)), new Payment(0, Fraction.of(-1, 7))));
        assertThat(kinds(priced(nobody, 0, 3)))
                .containsExactly(
                        Kind.PRICES_FALL, Kind.NOT_PAID, Kind.PURCHASE_NOT_POSSIBLE, Kind.PURCHASE_NOT_POSSIBLE);
    }

    @Test
    void money_that_the_rule_cannot_give_is_found() {
        var more = new Published(Fraction.of(101), PAID.rounds());
        assertThat(kinds(priced(more, 0, 3))).containsExactly(Kind.WRONG_ENDOWMENT);
        assertThat(kinds(Checks.of(WORKED, SHARES.with(Completion.ADD1), List.of(0, 3), Optional.of(more))))
                .isEmpty();
        var half = new Published(Fraction.of(201, 2), PAID.rounds());
        assertThat(kinds(Checks.of(WORKED, SHARES.with(Completion.ADD1), List.of(0, 3), Optional.of(half))))
                .containsExactly(Kind.WRONG_ENDOWMENT);
    }

    @Test
    void without_an_increment_the_whole_share_counts_not_the_exact_one() {
        // 10 for 3 voters: 3 each, not 3 1/3, so that a project of 10 cannot be due to them
        var election = SomeElection.named("10", "10", "8").ballot(3, 0).build();
        var rule = SHARES.with(Completion.ADD1);
        assertThat(Checks.of(election, rule, List.of(), Optional.empty())
                        .answer(Property.EJR_PLUS_UP_TO_ONE)
                        .verdict())
                .isEqualTo(Verdict.YES);
        assertThat(Checks.of(election, SHARES, List.of(), Optional.empty())
                        .answer(Property.EJR_PLUS_UP_TO_ONE)
                        .verdict())
                .isEqualTo(Verdict.NO);
    }

    @Test
    void points_have_prices_too() {
        var election = Election.builder(new BigDecimal("60"), VoteType.CUMULATIVE)
                .pointScale(1)
                .project("1", new BigDecimal("50"), "")
                .ballot(5, new int[] {0}, new long[] {20})
                .ballot(1, new int[] {0}, new long[] {50})
                .build();
        var rule = SHARES.with(Utility.SCORE);
        var found = Rules.allocate(election, rule);
        assertThat(found.selected()).containsExactly(0);
        var checks = Checks.of(found);
        assertThat(checks.passed()).isTrue();
        assertThat(checks.answer(Property.EJR_PLUS_UP_TO_ONE).verdict()).isEqualTo(Verdict.DOES_NOT_APPLY);
        assertThat(checks.answer(Property.PRICEABLE).verdict()).isEqualTo(Verdict.YES);
        var rho = ((Reason.Bought) found.reason(0)).rho();
        var doubled = new Published(Fraction.of(10), List.of(new Payment(0, rho.times(2))));
        assertThat(kinds(Checks.of(election, rule, List.of(0), Optional.of(doubled))))
                .containsExactly(Kind.PAYMENTS_ARE_NOT_COST);
    }

    @Test
    void a_city_is_checked_in_a_moment() {
        var random = new Random(7);
        var builder = Election.builder(new BigDecimal("1000000"), VoteType.APPROVAL);
        IntStream.range(0, 160)
                .forEach(i ->
                        builder.project(String.valueOf(i), BigDecimal.valueOf(5_000 + random.nextInt(60_000)), ""));
        IntStream.range(0, 90_000)
                .forEach(i -> builder.ballot(
                        1, random.ints(3 + random.nextInt(2), 0, 160).toArray()));
        var election = builder.build();
        var found = Rules.allocate(election, SHARES);
        var start = Instant.now();
        var checks = Checks.of(found);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(checks.passed()).isTrue();
    }

    private static Checks priced(Published published, Integer... selected) {
        return Checks.of(WORKED, SHARES, List.of(selected), Optional.of(published));
    }

    private static List<Kind> kinds(Checks checks) {
        return checks.findings().stream().map(Finding::kind).toList();
    }
}
