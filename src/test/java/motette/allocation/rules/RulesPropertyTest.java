package motette.allocation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import motette.allocation.rules.Rule.Method;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The rules against the naive ones, and the fast way against the exact one, over thousands of small elections. */
class RulesPropertyTest {

    @Property(tries = 4000)
    void equal_shares_is_what_the_definition_says(@ForAll long seed) {
        isAsDefined(seed, Method.EQUAL_SHARES);
    }

    @Property(tries = 2000)
    void phragmen_is_what_the_definition_says(@ForAll long seed) {
        isAsDefined(seed, Method.PHRAGMEN);
    }

    @Property(tries = 2000)
    void greedy_by_votes_is_what_the_definition_says(@ForAll long seed) {
        isAsDefined(seed, Method.GREEDY_VOTES);
    }

    @Property(tries = 2000)
    void greedy_by_ratio_is_what_the_definition_says(@ForAll long seed) {
        isAsDefined(seed, Method.GREEDY_RATIO);
    }

    @Property(tries = 2000)
    void the_best_set_is_the_best_of_all_sets(@ForAll long seed) {
        isAsDefined(seed, Method.MAX_WELFARE);
    }

    @Property(tries = 4000)
    void exact_comparisons_everywhere_give_the_same_trace(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        var exact = Rules.allocate(election, rule, Arithmetic.EXACT);
        var fast = Rules.allocate(election, rule);
        assertThat(fast.selected()).isEqualTo(exact.selected());
        assertThat(fast.reasons()).isEqualTo(exact.reasons());
        assertThat(fast.endowments()).isEqualTo(exact.endowments());
    }

    private static void isAsDefined(long seed, Method method) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(method, election);
        var naive = NaiveRules.allocate(election, rule);
        var found = Rules.allocate(election, rule);
        assertThat(found.reasons()).isEqualTo(naive.reasons());
        assertThat(found.selected()).isEqualTo(naive.selected());
        assertThat(found.endowments()).isEqualTo(naive.endowments());
    }
}
