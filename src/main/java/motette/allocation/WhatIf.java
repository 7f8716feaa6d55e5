package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import motette.allocation.rules.Rule;
import motette.shared.Message;
import motette.shared.Money;
import motette.shared.Problems;

/**
 * "What if …": the conditions somebody tries, as typed. Empty fields leave everything as it is.
 *
 * @param budget another budget than the money that is left
 * @param least  projects with fewer votes are out
 * @param rules  key of a {@link RuleSet}
 * @param in     numbers of ideas that are funded in any case
 * @param out    numbers of ideas that are not funded in any case
 */
@Introspected
record WhatIf(String budget, String least, String rules, List<String> in, List<String> out) {

    static final WhatIf NOTHING = new WhatIf("", "", "", List.of(), List.of());

    /** More than any list of ideas has; whoever sends more has not ticked boxes. */
    private static final int MOST = 1000;

    static WhatIf of(Map<String, List<String>> typed) {
        return new WhatIf(
                first(typed, "budget"),
                first(typed, "least"),
                first(typed, "rules"),
                all(typed, "in"),
                all(typed, "out"));
    }

    private static String first(Map<String, List<String>> typed, String name) {
        var values = typed.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    private static List<String> all(Map<String, List<String>> typed, String name) {
        return typed.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .limit(MOST)
                .toList();
    }

    /** What the person can mend. */
    Problems problems(Matter matter) {
        var problems = Problems.none();
        if (!budget.isEmpty() && Money.parse(budget).isEmpty()) {
            problems.add("budget", "allocation.problem.budget");
        }
        if (!least.isEmpty() && !least.matches("\\d{1,9}")) {
            problems.add("least", "allocation.problem.least");
        }
        if (!rules.isEmpty() && RuleSet.find(rules).isEmpty()) {
            problems.add("rules", "allocation.problem.rules");
        }
        known(matter, "in", in, problems);
        known(matter, "out", out, problems);
        both(matter).ifPresent(title -> problems.add("in", "allocation.problem.both", title));
        if (problems.isEmpty()) {
            var cost = cost(matter);
            if (cost.compareTo(money(matter)) > 0) {
                problems.add("in", "allocation.problem.dear", cost, money(matter));
            }
        }
        return problems;
    }

    private static void known(Matter matter, String field, List<String> numbers, Problems problems) {
        for (var number : numbers) {
            if (!matter.election().has(number)) {
                problems.add(field, "allocation.problem.unknown", shortened(number));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    private Optional<String> both(Matter matter) {
        var twice = new HashSet<>(in);
        twice.retainAll(out);
        return twice.stream()
                .filter(matter.election()::has)
                .sorted()
                .map(number -> matter.election()
                        .project(matter.election().indexOf(number))
                        .name())
                .findFirst();
    }

    private Money cost(Matter matter) {
        return in.stream()
                .map(number -> matter.election()
                        .project(matter.election().indexOf(number))
                        .cost())
                .map(WhatIf::cents)
                .reduce(Money.ZERO, Money::plus);
    }

    private static Money cents(BigDecimal euros) {
        return new Money(euros.movePointRight(2).longValueExact());
    }

    /** Whether anything that changes a result is tried. */
    boolean changes() {
        return !budget.isEmpty() || !least.isEmpty() || !in.isEmpty() || !out.isEmpty();
    }

    boolean isEmpty() {
        return !changes() && rules.isEmpty();
    }

    /** What is assumed, in words; valid conditions only. */
    List<Message> conditions() {
        var conditions = new ArrayList<Message>();
        Money.parse(budget).ifPresent(money -> conditions.add(Message.of("allocation.runs.condition.budget", money)));
        if (!least.isEmpty()) {
            conditions.add(Message.of("allocation.runs.condition.least", Long.parseLong(least)));
        }
        if (!in.isEmpty()) {
            conditions.add(Message.of("allocation.runs.condition.in", in.size()));
        }
        if (!out.isEmpty()) {
            conditions.add(Message.of("allocation.runs.condition.out", out.size()));
        }
        return conditions;
    }

    /** Valid conditions only. */
    RuleSet ruleSet() {
        return RuleSet.find(rules).orElse(RuleSet.STANDARD);
    }

    /** The matter with the budget that is tried; valid conditions only. */
    Matter applied(Matter matter) {
        return budget.isEmpty()
                ? matter
                : matter.with(matter.election()
                        .withBudget(Supports.euros(money(matter).cents())));
    }

    private Money money(Matter matter) {
        return Money.parse(budget).orElseGet(() -> cents(matter.election().budget()));
    }

    /** The rule within these conditions; valid conditions only. */
    Rule within(Rule rule) {
        return rule.with(new Rule.Limits(Set.copyOf(in), Set.copyOf(out), List.of()))
                .withMinVotes(least.isEmpty() ? 0 : Long.parseLong(least));
    }

    boolean fixes(String number) {
        return in.contains(number);
    }

    boolean bars(String number) {
        return out.contains(number);
    }

    /** The filled fields as a query, without a question mark: the address of what somebody sees. */
    String query() {
        var parts = new ArrayList<String>();
        add(parts, "budget", budget);
        add(parts, "least", least);
        add(parts, "rules", rules);
        in.forEach(number -> add(parts, "in", number));
        out.forEach(number -> add(parts, "out", number));
        return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
