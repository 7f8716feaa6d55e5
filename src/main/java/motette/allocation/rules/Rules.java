package motette.allocation.rules;

import java.util.List;

/**
 * The published rules. Each answers for every project of the election why it is funded or not; the same election and rule give
 * the same allocation on any machine.
 *
 * <p>Every rule decides first, in this order: what is decided beforehand is funded; projects without votes or with too few are
 * out; projects that cost nothing are funded; projects dearer than the budget that is left are out. A funded project puts out all
 * those it excludes, whenever that happens.
 */
public final class Rules {

    private Rules() {}

    /**
     * Which projects the rule funds.
     *
     * @throws IllegalArgumentException when what is decided beforehand contradicts itself, names unknown projects or costs more
     *                                  than the budget, or when the rule's increment is not above zero; the message is a sentence
     * @throws TooManySets              when {@link Rule.Method#MAX_WELFARE} cannot prove a set to be the best
     * @throws TooManyPoints            when the ballots give a project more points than can be counted
     */
    public static Allocation allocate(Election election, Rule rule) {
        return allocate(election, rule, Arithmetic.FILTERED);
    }

    static Allocation allocate(Election election, Rule rule, Arithmetic arithmetic) {
        var progress = Progress.begin(election, rule);
        return switch (rule.method()) {
            case GREEDY_VOTES, GREEDY_RATIO -> Greedy.allocate(progress);
            case EQUAL_SHARES -> EqualShares.allocate(progress, arithmetic);
            case PHRAGMEN -> Phragmen.allocate(progress, arithmetic);
            case MAX_WELFARE -> MaxWelfare.allocate(progress);
        };
    }

    /** All projects of the election in the order that decides between equal ones, the one that wins first. */
    public static List<Integer> order(Election election, TieOrder ties) {
        return new Ranking(election, ties).order();
    }
}
