package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import motette.allocation.rules.Allocation;
import motette.ideas.OpenIdea;

/**
 * What part of the money goes where under each rule, and what part of the people is from there.
 *
 * @param rules keys of the rules, in the order of the parts of each row
 */
@Introspected
record Shares(List<String> rules, List<Row> rows) {

    /**
     * @param name   of a quarter or target group; empty for all others and those without
     * @param people voters from there in per cent, of figures to the nearest five; -1 where they are merged into the others or not known
     * @param count  how many, to the nearest five; 0 where people is -1
     * @param few    true where there are fewer voters than may be told
     */
    @Introspected
    record Row(String name, int people, long count, boolean few, List<Part> parts) {

        boolean told() {
            return people >= 0 && !few;
        }

        boolean rest() {
            return name.isEmpty();
        }
    }

    /**
     * @param rule    key
     * @param percent of the money that the rule spends
     */
    @Introspected
    record Part(String rule, long cents, int percent) {}

    /** Money where it is spent, beside the people where they live. */
    static Shares ofQuarters(Matter matter, List<String> rules, List<Allocation> allocations) {
        var counts = new HashMap<String, Long>();
        matter.people().forEach(people -> counts.merge(people.home(), people.count(), Long::sum));
        var merged = SmallGroups.merged(counts);
        long all = merged.values().stream().mapToLong(SmallGroups::rounded).sum();
        var names = new TreeSet<String>();
        matter.ideas().forEach(idea -> names.add(idea.quarter()));
        merged.keySet().stream().filter(name -> !name.isEmpty()).forEach(names::add);
        var money = allocations.stream()
                .map(allocation -> money(matter, allocation, idea -> List.of(idea.quarter())))
                .toList();
        var rows = new ArrayList<Row>();
        for (var name : names) {
            var count = merged.get(name);
            rows.add(
                    count == null
                            ? new Row(name, -1, 0, false, parts(rules, allocations, money, name))
                            : new Row(
                                    name,
                                    SmallGroups.percent(SmallGroups.rounded(count), all),
                                    SmallGroups.rounded(count),
                                    false,
                                    parts(rules, allocations, money, name)));
        }
        var rest = merged.get(SmallGroups.REST);
        if (rest != null) {
            boolean few = rest < SmallGroups.LEAST;
            rows.add(new Row(
                    "",
                    few ? -1 : SmallGroups.percent(SmallGroups.rounded(rest), all),
                    few ? 0 : SmallGroups.rounded(rest),
                    few,
                    parts(rules, allocations, money, "")));
        }
        return new Shares(rules, List.copyOf(rows));
    }

    /** Money by whom it is for; an idea for several groups counts for each of them. */
    static Shares ofTargetGroups(Matter matter, List<String> rules, List<Allocation> allocations) {
        var names = new LinkedHashSet<String>();
        matter.ideas().forEach(idea -> names.addAll(groups(idea)));
        var money = allocations.stream()
                .map(allocation -> money(matter, allocation, Shares::groups))
                .toList();
        return new Shares(
                rules,
                names.stream()
                        .sorted((a, b) -> a.isEmpty() == b.isEmpty() ? a.compareTo(b) : a.isEmpty() ? 1 : -1)
                        .map(name -> new Row(name, -1, 0, false, parts(rules, allocations, money, name)))
                        .toList());
    }

    private static List<String> groups(OpenIdea idea) {
        return idea.targetGroups().isEmpty() ? List.of("") : idea.targetGroups();
    }

    private static Map<String, Long> money(
            Matter matter, Allocation allocation, Function<OpenIdea, List<String>> names) {
        var money = new HashMap<String, Long>();
        for (int project : allocation.selected()) {
            long cents = Comparison.cents(allocation.election().project(project).cost());
            names.apply(matter.ideas().get(project)).forEach(name -> money.merge(name, cents, Long::sum));
        }
        return money;
    }

    private static List<Part> parts(
            List<String> rules, List<Allocation> allocations, List<Map<String, Long>> money, String name) {
        return IntStream.range(0, rules.size())
                .mapToObj(i -> {
                    long cents = money.get(i).getOrDefault(name, 0L);
                    long spent = Comparison.cents(allocations.get(i).totalCost());
                    return new Part(rules.get(i), cents, SmallGroups.percent(cents, spent));
                })
                .toList();
    }
}
