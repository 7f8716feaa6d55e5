package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.stream.IntStream;
import motette.shared.Message;

/**
 * How it is worked out, with an example that is reckoned for this page.
 *
 * @param ballots who wants what
 * @param rules   under each rule what is funded and why
 */
@Introspected
record HowPage(Comparison example, List<Ballot> ballots, List<Rule> rules) {

    @Introspected
    record Ballot(long people, List<String> titles) {}

    /**
     * @param served of the voters of the example; they are invented, so that even few may be named
     * @param all    voters of the example
     * @param ideas  in the order of the list
     */
    @Introspected
    record Rule(String key, int funded, long spent, long served, long all, List<Message> easyHead, List<Idea> ideas) {

        Message reach() {
            return served == all
                    ? Message.of("allocation.reach.everybody")
                    : Message.of("allocation.how.reach", SmallGroups.percent(served, all), served, all);
        }
    }

    @Introspected
    record Idea(String title, boolean in, List<Message> why, List<Message> easy) {}

    static HowPage of(Matter matter) {
        var plain = Comparison.of(matter, WhatIf.NOTHING, false);
        var easy = Comparison.of(matter, WhatIf.NOTHING, true);
        return new HowPage(
                plain,
                matter.people().stream()
                        .map(people -> new Ballot(
                                people.count(),
                                people.projects().stream()
                                        .map(project ->
                                                matter.ideas().get(project).title())
                                        .toList()))
                        .toList(),
                IntStream.range(0, plain.columns().size())
                        .mapToObj(i -> rule(matter, plain, easy, i))
                        .toList());
    }

    private static Rule rule(Matter matter, Comparison plain, Comparison easy, int column) {
        var rows = plain.all();
        var easyRows = easy.all();
        long served = matter.people().stream()
                .filter(people -> rows.stream()
                        .filter(row -> row.cells().get(column).in())
                        .anyMatch(row ->
                                people.projects().contains(matter.election().indexOf(row.number()))))
                .mapToLong(Matter.People::count)
                .sum();
        var shown = plain.columns().get(column);
        return new Rule(
                shown.key(),
                shown.funded(),
                shown.spent(),
                served,
                matter.election().voters(),
                easy.columns().get(column).head(),
                IntStream.range(0, rows.size())
                        .mapToObj(i -> new Idea(
                                rows.get(i).title(),
                                rows.get(i).cells().get(column).in(),
                                rows.get(i).cells().get(column).why(),
                                easyRows.get(i).cells().get(column).why()))
                        .toList());
    }
}
