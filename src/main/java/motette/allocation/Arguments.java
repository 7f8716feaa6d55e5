package motette.allocation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.TieOrder;

/** A rule as arguments of the command {@code allocate}, always in the same order: what a run was made with, and how to repeat it. */
final class Arguments {

    private Arguments() {}

    /** @throws IllegalArgumentException when projects exclude each other: a run that is recorded has no such limits */
    static String of(Rule rule) {
        if (!rule.limits().exclusive().isEmpty()) {
            throw new IllegalArgumentException("Projects that exclude each other have no place in a recorded run");
        }
        var arguments = new ArrayList<String>();
        add(arguments, "--rule", RuleNames.of(rule.method()));
        if (RuleNames.hasUtility(rule)) {
            add(arguments, "--utility", RuleNames.of(rule.utility()));
        }
        if (rule.method() == Method.EQUAL_SHARES) {
            add(arguments, "--completion", RuleNames.of(rule.completion()));
            if (RuleNames.adds(rule)) {
                add(arguments, "--start", RuleNames.of(rule.start()));
                add(arguments, "--increment", rule.increment().toPlainString());
                add(arguments, "--stop", RuleNames.of(rule.stop()));
            }
        }
        add(arguments, "--tie-break", ties(rule.ties()));
        if (rule.minVotes() > 0) {
            add(arguments, "--min-votes", String.valueOf(rule.minVotes()));
        }
        if (RuleNames.maySkip(rule) && !rule.skip()) {
            arguments.add("--no-skip");
        }
        if (!rule.limits().in().isEmpty()) {
            add(arguments, "--fix-in", list(rule.limits().in()));
        }
        if (!rule.limits().out().isEmpty()) {
            add(arguments, "--fix-out", list(rule.limits().out()));
        }
        return String.join(" ", arguments);
    }

    private static void add(List<String> arguments, String name, String value) {
        arguments.add(name);
        arguments.add(value);
    }

    private static String ties(TieOrder ties) {
        return ties.kind() == TieOrder.Kind.DRAWN ? String.join(",", ties.drawn()) : RuleNames.of(ties.kind());
    }

    private static String list(Set<String> ids) {
        return String.join(",", new TreeSet<>(ids));
    }
}
