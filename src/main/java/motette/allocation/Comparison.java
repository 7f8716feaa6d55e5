package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import motette.allocation.rules.Allocation;
import motette.allocation.rules.Rules;
import motette.shared.Message;

/**
 * Three rules side by side: where they differ first, then what all fund and what none does, then whom each serves.
 *
 * @param groups  "some", "all" and "none", each with the ideas that so many rules fund; empty ones are left out
 * @param voters  people with at least one vote
 * @param asked   what all ideas cost together, euro cents
 * @param scatter every idea, in the order of the list
 */
@Introspected
record Comparison(
        List<Column> columns,
        List<Group> groups,
        long budget,
        long voters,
        long asked,
        Scatter scatter,
        Shares quarters,
        Bars bars,
        Shares targets) {

    /**
     * What one rule funds.
     *
     * @param spent   euro cents
     * @param left    euro cents of the budget
     * @param percent of the budget that is spent
     * @param reach   voters with at least one funded idea
     * @param head    how the rule came to it
     * @param added   titles that the conditions brought in, against the plain run
     * @param dropped titles that they put out
     */
    @Introspected
    record Column(
            String key,
            int funded,
            long spent,
            long left,
            int percent,
            Message reach,
            List<Message> head,
            List<String> added,
            List<String> dropped) {

        boolean unchanged() {
            return added.isEmpty() && dropped.isEmpty();
        }
    }

    @Introspected
    record Group(String kind, List<Row> rows) {}

    /**
     * An idea under every rule.
     *
     * @param place number in the list: by votes, then by cost
     * @param kind  "some", "all" or "none" of the rules fund it
     * @param fixed "in" or "out" where the conditions say so; otherwise empty
     */
    @Introspected
    record Row(
            String number,
            int place,
            String title,
            String quarter,
            String category,
            String tone,
            String icon,
            long costCents,
            long votes,
            String kind,
            String fixed,
            List<Cell> cells) {}

    /**
     * An idea under one rule.
     *
     * @param brief  why, in a few words
     * @param why    why, with every figure
     * @param change "added" or "dropped" against the plain run; otherwise empty
     */
    @Introspected
    record Cell(String key, boolean in, Message brief, List<Message> why, String change) {}

    /**
     * Runs the rules, and where conditions are tried, the plain ones as well.
     *
     * @param whatIf conditions without problems
     * @param easy   whether the sentences are in Leichte Sprache
     */
    static Comparison of(Matter plain, WhatIf whatIf, boolean easy) {
        var matter = whatIf.applied(plain);
        var keys = whatIf.ruleSet().keys();
        var runs = keys.stream()
                .map(key -> Rules.allocate(
                        matter.election(),
                        whatIf.within(RuleSet.rule(key, matter.election()).orElseThrow())))
                .toList();
        var before = whatIf.changes()
                ? keys.stream()
                        .map(key -> Rules.allocate(
                                plain.election(),
                                RuleSet.rule(key, plain.election()).orElseThrow()))
                        .toList()
                : runs;
        var words = runs.stream().map(Explanations::of).toList();
        var rows = rows(matter, whatIf, keys, runs, before, words, easy);
        var quarters = Shares.ofQuarters(matter, keys, runs);
        return new Comparison(
                IntStream.range(0, keys.size())
                        .mapToObj(i -> column(matter, keys.get(i), runs.get(i), before.get(i), words.get(i), easy))
                        .toList(),
                List.of("some", "all", "none").stream()
                        .map(kind -> new Group(
                                kind,
                                rows.stream()
                                        .filter(row -> row.kind().equals(kind))
                                        .toList()))
                        .filter(group -> !group.rows().isEmpty())
                        .toList(),
                cents(matter.election().budget()),
                matter.election().voters(),
                rows.stream().mapToLong(Row::costCents).sum(),
                Scatter.of(rows),
                quarters,
                Bars.of(quarters),
                Shares.ofTargetGroups(matter, keys, runs));
    }

    private static List<Row> rows(
            Matter matter,
            WhatIf whatIf,
            List<String> keys,
            List<Allocation> runs,
            List<Allocation> before,
            List<Explanations> words,
            boolean easy) {
        var election = matter.election();
        var order = IntStream.range(0, election.projects().size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer project) -> -election.votes(project))
                        .thenComparing(project -> election.project(project).cost())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        var rows = new ArrayList<Row>();
        for (int project : order) {
            var idea = matter.ideas().get(project);
            var number = election.project(project).id();
            long in = runs.stream().filter(run -> run.funded(project)).count();
            rows.add(new Row(
                    number,
                    rows.size() + 1,
                    idea.title(),
                    idea.quarter(),
                    idea.category(),
                    idea.tone(),
                    idea.icon(),
                    cents(election.project(project).cost()),
                    election.votes(project),
                    in == 0 ? "none" : in == runs.size() ? "all" : "some",
                    whatIf.fixes(number) ? "in" : whatIf.bars(number) ? "out" : "",
                    IntStream.range(0, keys.size())
                            .mapToObj(i -> new Cell(
                                    keys.get(i),
                                    runs.get(i).funded(project),
                                    words.get(i).brief(project),
                                    easy
                                            ? words.get(i).easy(project)
                                            : words.get(i).of(project),
                                    change(
                                            before.get(i).funded(project),
                                            runs.get(i).funded(project))))
                            .toList()));
        }
        return List.copyOf(rows);
    }

    private static String change(boolean before, boolean now) {
        if (before == now) {
            return "";
        } else {
            return now ? "added" : "dropped";
        }
    }

    private static Column column(
            Matter matter, String key, Allocation run, Allocation before, Explanations words, boolean easy) {
        long budget = cents(run.election().budget());
        long spent = cents(run.totalCost());
        long served = matter.people().stream()
                .filter(people -> people.projects().stream().anyMatch(run::funded))
                .mapToLong(Matter.People::count)
                .sum();
        return new Column(
                key,
                run.selected().size(),
                spent,
                budget - spent,
                SmallGroups.percent(spent, budget),
                SmallGroups.share(served, run.election().voters()),
                easy ? words.easyHead() : words.head(),
                titles(matter, run, before),
                titles(matter, before, run));
    }

    /** What the one funds and the other does not. */
    private static List<String> titles(Matter matter, Allocation one, Allocation other) {
        return one.selected().stream()
                .filter(project -> !other.funded(project))
                .sorted()
                .map(project -> matter.ideas().get(project).title())
                .toList();
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    int count(String kind) {
        return groups.stream()
                .filter(group -> group.kind().equals(kind))
                .mapToInt(group -> group.rows().size())
                .sum();
    }

    int differing() {
        return count("some");
    }

    int always() {
        return count("all");
    }

    int never() {
        return count("none");
    }

    /** All ideas in the order of the list. */
    List<Row> all() {
        return groups.stream()
                .flatMap(group -> group.rows().stream())
                .sorted(Comparator.comparingInt(Row::place))
                .toList();
    }

    /** Euro with at most two decimal places, as every amount of ours has. */
    static long cents(BigDecimal euros) {
        return euros.movePointRight(2).longValueExact();
    }
}
