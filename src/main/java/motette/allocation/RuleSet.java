package motette.allocation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Utility;

/** Three rules that are shown side by side; the keys are words of the address and of the texts. */
public enum RuleSet {
    /** The order most cities use, value for money, and the proportional one. */
    STANDARD("votes", "ratio", "shares"),
    /** Equal Shares, and the ways to use what it leaves. */
    SHARES("shares-plain", "shares-greedy", "shares"),
    /** Three readings of fairness: by money, by burden, by number. */
    FAIRNESS("shares", "phragmen", "welfare");

    /** Added money per run: the power of ten that takes at least so many steps to double a voter's share. */
    private static final BigDecimal STEPS = BigDecimal.valueOf(100);

    private final List<String> keys;

    RuleSet(String... keys) {
        this.keys = List.of(keys);
    }

    static Optional<RuleSet> find(String key) {
        return Arrays.stream(values()).filter(set -> set.key().equals(key)).findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> keys() {
        return keys;
    }

    /** The rule of a key of any set, without limits. */
    public static Optional<Rule> rule(String key, Election election) {
        return switch (key) {
            case "votes" -> Optional.of(Rule.of(Method.GREEDY_VOTES));
            case "ratio" -> Optional.of(Rule.of(Method.GREEDY_RATIO));
            case "shares" -> Optional.of(shares(election).with(Completion.ADD1U));
            case "shares-greedy" -> Optional.of(shares(election).with(Completion.GREEDY));
            case "shares-plain" -> Optional.of(shares(election).with(Completion.NONE));
            case "phragmen" -> Optional.of(Rule.of(Method.PHRAGMEN));
            case "welfare" -> Optional.of(Rule.of(Method.MAX_WELFARE).with(Utility.CARDINALITY));
            default -> Optional.empty();
        };
    }

    /** The key of the rule that these {@link Arguments} are of. */
    static String keyOf(String arguments) {
        var words = " " + arguments + " ";
        if (words.contains(" greedy-votes ")) {
            return "votes";
        } else if (words.contains(" greedy-ratio ")) {
            return "ratio";
        } else if (words.contains(" phragmen ")) {
            return "phragmen";
        } else if (words.contains(" max-welfare ")) {
            return "welfare";
        } else if (words.contains(" --completion none ")) {
            return "shares-plain";
        } else if (words.contains(" --completion greedy ")) {
            return "shares-greedy";
        } else {
            return "shares";
        }
    }

    private static Rule shares(Election election) {
        return Rule.of(Method.EQUAL_SHARES)
                .with(Utility.COST)
                .with(Start.EXACT)
                .withIncrement(increment(election.budget(), election.voters()));
    }

    /**
     * What add1 adds to each voter's money per run: the greatest power of ten, of at least a cent, with which a hundred
     * runs do not yet double the share.
     */
    static BigDecimal increment(BigDecimal budget, long voters) {
        var most = voters == 0
                ? BigDecimal.ONE
                : budget.divide(BigDecimal.valueOf(voters).multiply(STEPS), 2, RoundingMode.DOWN);
        var increment = new BigDecimal("0.01");
        while (increment.movePointRight(1).compareTo(most) <= 0) {
            increment = increment.movePointRight(1);
        }
        return increment;
    }
}
