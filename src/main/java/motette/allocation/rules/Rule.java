package motette.allocation.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Which rule, with everything that was announced beforehand.
 *
 * @param method     how projects are chosen
 * @param utility    what a funded project is worth to its supporter; counts for {@link Method#EQUAL_SHARES} and
 *                   {@link Method#MAX_WELFARE}
 * @param completion what happens with money that Equal Shares leaves
 * @param start      money of each voter in the first run of {@code add1}
 * @param increment  what {@code add1} adds to each voter's money per run, above zero, in the currency of the election
 * @param stop       when {@code add1} stops
 * @param minVotes   projects with fewer votes are out; 0 or 1 for none
 * @param skip       whether the greedy rules skip what does not fit and go on; false: they stop there
 * @param ties       order where the measure leaves projects equal
 * @param limits     what is decided already and what excludes each other
 */
public record Rule(
        Method method,
        Utility utility,
        Completion completion,
        Start start,
        BigDecimal increment,
        Stop stop,
        long minVotes,
        boolean skip,
        TieOrder ties,
        Limits limits) {

    public enum Method {
        GREEDY_VOTES,
        GREEDY_RATIO,
        EQUAL_SHARES,
        PHRAGMEN,
        MAX_WELFARE
    }

    public enum Utility {
        COST,
        CARDINALITY,
        SCORE
    }

    public enum Completion {
        NONE,
        GREEDY,
        ADD1,
        ADD1U
    }

    public enum Start {
        INTEGRAL,
        EXACT
    }

    public enum Stop {
        EXHAUSTIVE,
        OVERSPEND
    }

    /**
     * Constraints every rule keeps.
     *
     * @param in        ids funded whatever the ballots say; their cost goes off the budget before the rule starts
     * @param out       ids not funded whatever the ballots say
     * @param exclusive sets of ids of which at most one is funded
     */
    public record Limits(Set<String> in, Set<String> out, List<Set<String>> exclusive) {

        public static final Limits NONE = new Limits(Set.of(), Set.of(), List.of());
    }

    public static Rule of(Method method) {
        return new Rule(
                method,
                Utility.COST,
                Completion.NONE,
                Start.INTEGRAL,
                BigDecimal.ONE,
                Stop.EXHAUSTIVE,
                0,
                true,
                TieOrder.VOTES_COST_ID,
                Limits.NONE);
    }

    public Rule with(Utility other) {
        return new Rule(method, other, completion, start, increment, stop, minVotes, skip, ties, limits);
    }

    public Rule with(Completion other) {
        return new Rule(method, utility, other, start, increment, stop, minVotes, skip, ties, limits);
    }

    public Rule with(Start other) {
        return new Rule(method, utility, completion, other, increment, stop, minVotes, skip, ties, limits);
    }

    public Rule with(Stop other) {
        return new Rule(method, utility, completion, start, increment, other, minVotes, skip, ties, limits);
    }

    public Rule with(TieOrder other) {
        return new Rule(method, utility, completion, start, increment, stop, minVotes, skip, other, limits);
    }

    public Rule with(Limits other) {
        return new Rule(method, utility, completion, start, increment, stop, minVotes, skip, ties, other);
    }

    public Rule withIncrement(BigDecimal other) {
        return new Rule(method, utility, completion, start, other, stop, minVotes, skip, ties, limits);
    }

    public Rule withMinVotes(long least) {
        return new Rule(method, utility, completion, start, increment, stop, least, skip, ties, limits);
    }

    public Rule withoutSkipping() {
        return new Rule(method, utility, completion, start, increment, stop, minVotes, false, ties, limits);
    }
}
