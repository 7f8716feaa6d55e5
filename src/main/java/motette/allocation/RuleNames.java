package motette.allocation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.TieOrder;

/** What methods, utilities and the other choices of a rule are called on the command line and in published results. */
public final class RuleNames {

    private RuleNames() {}

    /** The name of a choice: {@code equal-shares} for {@link Method#EQUAL_SHARES}. */
    public static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The choice of that name. */
    public static <E extends Enum<E>> Optional<E> find(Class<E> choices, String name) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> of(choice).equals(name))
                .findFirst();
    }

    public static <E extends Enum<E>> List<String> all(Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants()).map(RuleNames::of).toList();
    }

    /** Names of orders that need no list. */
    public static List<String> tieOrders() {
        return List.of(of(TieOrder.Kind.VOTES_COST_ID), of(TieOrder.Kind.COST_VOTES_ID));
    }

    /** The name Pabulib's META gives a rule, where it has one for it; ours otherwise. */
    public static String pabulib(Rule rule) {
        return switch (rule.method()) {
            case GREEDY_VOTES -> rule.skip() ? (rule.minVotes() > 1 ? "greedy-threshold" : "greedy") : "greedy-no-skip";
            case EQUAL_SHARES ->
                rule.completion() == Completion.NONE ? "equalshares" : "equalshares/" + of(rule.completion());
            case GREEDY_RATIO, PHRAGMEN, MAX_WELFARE -> of(rule.method());
        };
    }

    /** Whether what a funded project is worth counts for this rule. */
    public static boolean hasUtility(Rule rule) {
        return rule.method() == Method.EQUAL_SHARES || rule.method() == Method.MAX_WELFARE;
    }

    /** Whether this rule raises the money of each voter run by run. */
    public static boolean adds(Rule rule) {
        return rule.method() == Method.EQUAL_SHARES
                && (rule.completion() == Completion.ADD1 || rule.completion() == Completion.ADD1U);
    }

    /** Whether this rule may either skip what does not fit or stop there. */
    public static boolean maySkip(Rule rule) {
        return rule.method() == Method.GREEDY_VOTES || rule.method() == Method.GREEDY_RATIO;
    }
}
