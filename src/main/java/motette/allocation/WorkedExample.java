package motette.allocation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import motette.allocation.rules.Election;
import motette.allocation.rules.VoteType;
import motette.budgets.Accounts;
import motette.budgets.BudgetView;
import motette.ideas.OpenIdea;
import motette.shared.Texts;

/** Ten invented voters and four projects, small enough to reckon by hand: the example that explains the rules to everybody. */
final class WorkedExample {

    private static final long BUDGET = 1000;
    private static final List<Long> COSTS = List.of(500L, 400L, 300L, 200L);
    private static final List<Matter.People> PEOPLE = List.of(
            new Matter.People("", List.of(0, 1), 5),
            new Matter.People("", List.of(0), 2),
            new Matter.People("", List.of(2, 3), 2),
            new Matter.People("", List.of(3), 1));

    private WorkedExample() {}

    static Matter matter(Texts texts, Locale locale) {
        var ideas = IntStream.range(0, COSTS.size())
                .mapToObj(i -> new OpenIdea(
                        i + 1,
                        texts.get(locale, "allocation.how.project." + (i + 1)),
                        "",
                        "",
                        "",
                        "",
                        COSTS.get(i) * 100,
                        0,
                        List.of()))
                .toList();
        return new Matter(new Subject("example", "", 0), budget(), election(ideas), ideas, PEOPLE, List.of(), Map.of());
    }

    private static Election election(List<OpenIdea> ideas) {
        var election = Election.builder(BigDecimal.valueOf(BUDGET), VoteType.APPROVAL);
        IntStream.range(0, COSTS.size())
                .forEach(i -> election.project(
                        String.valueOf(i + 1),
                        BigDecimal.valueOf(COSTS.get(i)),
                        ideas.get(i).title()));
        PEOPLE.forEach(people -> election.ballot(
                people.count(),
                people.projects().stream().mapToInt(Integer::intValue).toArray()));
        return election.build();
    }

    private static BudgetView budget() {
        return new BudgetView(
                0,
                "",
                "",
                "",
                "",
                "",
                0,
                new Accounts(BUDGET * 100, BUDGET * 100, 0, 0, 0),
                "",
                0,
                "",
                false,
                null,
                List.of());
    }
}
