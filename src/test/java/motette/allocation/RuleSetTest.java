package motette.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.VoteType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RuleSetTest {

    private static final Election ELECTION = Election.builder(new BigDecimal(55_000), VoteType.APPROVAL)
            .project("1", new BigDecimal(100), "Bänke")
            .ballot(200, 0)
            .build();

    /** A step is a hundredth to a thousandth of what a voter begins with, but at least a cent. */
    @ParameterizedTest
    @CsvSource({
        "1000, 10, 1",
        "55000, 200, 1",
        "55000, 20, 10",
        "55000, 1, 100",
        "55000, 5000, 0.1",
        "1, 1000, 0.01",
        "0, 10, 0.01",
        "100, 0, 1"
    })
    void the_step_of_add1_follows_the_share_of_a_voter(BigDecimal budget, long voters, BigDecimal step) {
        assertThat(RuleSet.increment(budget, voters)).isEqualByComparingTo(step);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_rule_is_known_again_by_its_arguments(String key) {
        var rule = RuleSet.rule(key, ELECTION).orElseThrow();
        assertThat(RuleSet.keyOf(Arguments.of(rule))).isEqualTo(key);
        assertThat(RuleSet.keyOf(Arguments.of(
                        rule.withMinVotes(3).with(new Rule.Limits(Set.of("12", "9"), Set.of("4"), List.of())))))
                .isEqualTo(key);
    }

    static List<String> keys() {
        return Arrays.stream(RuleSet.values())
                .flatMap(set -> set.keys().stream())
                .distinct()
                .toList();
    }

    @Test
    void arguments_say_everything_and_always_in_the_same_order() {
        var rule = RuleSet.rule("shares", ELECTION)
                .orElseThrow()
                .withMinVotes(3)
                .with(new Rule.Limits(Set.of("9", "12"), Set.of("4"), List.of()));
        assertThat(Arguments.of(rule))
                .isEqualTo("--rule equal-shares --utility cost --completion add1u --start exact --increment 1 --stop"
                        + " exhaustive --tie-break votes-cost-id --min-votes 3 --fix-in 12,9 --fix-out 4");
    }

    @Test
    void projects_that_exclude_each_other_are_refused_and_not_dropped() {
        var rule = RuleSet.rule("shares", ELECTION)
                .orElseThrow()
                .with(new Rule.Limits(Set.of(), Set.of(), List.of(Set.of("4", "9"))));
        assertThatThrownBy(() -> Arguments.of(rule)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void there_is_no_rule_of_another_name() {
        assertThat(RuleSet.rule("lottery", ELECTION)).isEmpty();
        assertThat(RuleSet.find("lottery")).isEmpty();
    }
}
