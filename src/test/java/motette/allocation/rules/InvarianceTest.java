package motette.allocation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What must not change an outcome, over thousands of small elections (specification, section 7). */
class InvarianceTest {

    @Property(tries = 1500)
    void the_order_of_ballots_and_projects_changes_nothing(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        var places = new ArrayList<Integer>();
        for (int i = 0; i < election.projects().size(); i++) {
            places.add(i);
        }
        Collections.shuffle(places, new Random(seed));
        assertThat(ids(Rules.allocate(copy(election, places, 1, 1), rule)))
                .isEqualTo(ids(Rules.allocate(election, rule)));
    }

    @Property(tries = 1500)
    void another_currency_changes_nothing(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election).with(Rule.Start.EXACT);
        var dearer = rule.withIncrement(rule.increment().multiply(BigDecimal.valueOf(7)));
        assertThat(ids(Rules.allocate(copy(election, inOrder(election), 7, 1), dearer)))
                .isEqualTo(ids(Rules.allocate(election, rule)));
    }

    @Property(tries = 1500)
    void three_of_every_voter_change_nothing(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        var least = rule.withMinVotes(3 * rule.minVotes());
        var steadily = rule.completion() == Completion.ADD1 || rule.completion() == Completion.ADD1U
                ? Completion.NONE
                : rule.completion();
        assertThat(ids(Rules.allocate(copy(election, inOrder(election), 1, 3), least.with(steadily))))
                .isEqualTo(ids(Rules.allocate(election, rule.with(steadily))));
    }

    @Property(tries = 1500)
    void a_project_that_nobody_supports_changes_nothing(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        var more = copier(election, inOrder(election), 1, 1)
                .project("nobody's", BigDecimal.valueOf(seed & 63), "")
                .build();
        assertThat(ids(Rules.allocate(more, rule))).isEqualTo(ids(Rules.allocate(election, rule)));
    }

    @Property(tries = 1500)
    void other_names_change_nothing_where_no_tie_occurred(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.approvals();
        // A tie in a run that add1 throws away is not told, and may decide where it stops.
        var rule = samples.rule(election)
                .with(Limits.NONE)
                .with(TieOrder.VOTES_COST_ID)
                .with((seed & 1) == 0 ? Completion.NONE : Completion.GREEDY);
        var found = Rules.allocate(election, rule);
        var renamed = Election.builder(election.budget(), election.voteType());
        election.projects()
                .forEach(project ->
                        renamed.project(Integer.toString(1000 - election.indexOf(project.id())), project.cost(), ""));
        election.groups().forEach(group -> renamed.ballot(group.count(), group.projects()));
        for (long empty = election.groups().stream()
                        .mapToLong(Election.Group::count)
                        .sum();
                empty < election.voters();
                empty++) {
            renamed.ballot(1);
        }
        boolean tied =
                rule.method() == Method.MAX_WELFARE || found.reasons().stream().anyMatch(InvarianceTest::wasTied);
        if (!tied) {
            assertThat(Set.copyOf(Rules.allocate(renamed.build(), rule).selected()))
                    .isEqualTo(Set.copyOf(found.selected()));
        }
    }

    @Property(tries = 3000)
    void no_rule_spends_more_than_the_budget_or_funds_what_excludes_each_other(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        var found = Rules.allocate(election, rule);
        var cost = found.selected().stream()
                .map(project -> election.project(project).cost())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(cost).isEqualByComparingTo(found.totalCost()).isLessThanOrEqualTo(election.budget());
        assertThat(found.selected()).doesNotHaveDuplicates().allMatch(found::funded);
        assertThat(found.reasons().stream().filter(Reason.Funded.class::isInstance))
                .hasSameSizeAs(found.selected());
        for (var set : rule.limits().exclusive()) {
            assertThat(ids(found).stream().filter(set::contains).count()).isLessThanOrEqualTo(1);
        }
    }

    @Property(tries = 3000)
    void what_promises_to_use_the_money_leaves_nothing_that_fits(@ForAll long seed) {
        var samples = new Samples(seed);
        var election = samples.election();
        var rule = samples.rule(election);
        boolean promises = switch (rule.method()) {
            case GREEDY_VOTES, GREEDY_RATIO -> rule.skip();
            case EQUAL_SHARES -> rule.completion() == Completion.GREEDY || rule.completion() == Completion.ADD1U;
            case MAX_WELFARE -> true;
            case PHRAGMEN -> false;
        };
        if (promises) {
            var found = Rules.allocate(election, rule);
            for (int project = 0; project < election.projects().size(); project++) {
                boolean couldBe = switch (found.reason(project)) {
                    case Reason.Funded funded -> false;
                    case Reason.DecidedOut out -> false;
                    case Reason.NoVotes none -> false;
                    case Reason.TooFewVotes few -> false;
                    case Reason.Excluded excluded -> false;
                    default -> true;
                };
                if (couldBe && isFreeOfRivals(found, project)) {
                    assertThat(election.project(project).cost()).isGreaterThan(found.left());
                }
            }
        }
    }

    private static boolean isFreeOfRivals(Allocation found, int project) {
        var id = found.election().project(project).id();
        return found.rule().limits().exclusive().stream()
                .filter(set -> set.contains(id))
                .allMatch(set -> Collections.disjoint(set, ids(found)));
    }

    private static boolean wasTied(Reason reason) {
        return switch (reason) {
            case Reason.Bought bought -> bought.tie().occurred();
            case Reason.NextInOrder next -> next.tie().occurred();
            case Reason.Loaded loaded -> loaded.tie().occurred();
            default -> false;
        };
    }

    private static Set<String> ids(Allocation allocation) {
        return allocation.selected().stream()
                .map(project -> allocation.election().project(project).id())
                .collect(Collectors.toSet());
    }

    private static List<Integer> inOrder(Election election) {
        return election.projects().stream()
                .map(project -> election.indexOf(project.id()))
                .toList();
    }

    private static Election copy(Election election, List<Integer> places, long dearer, long times) {
        return copier(election, places, dearer, times).build();
    }

    /** The election with its projects in this order, all money so many times as much, and every voter so many times. */
    private static Election.Builder copier(Election election, List<Integer> places, long dearer, long times) {
        var factor = BigDecimal.valueOf(dearer);
        var builder = Election.builder(election.budget().multiply(factor), election.voteType())
                .pointScale(election.pointScale());
        places.forEach(place -> builder.project(
                election.project(place).id(), election.project(place).cost().multiply(factor), ""));
        var groups = new ArrayList<>(election.groups());
        Collections.shuffle(groups, new Random(times));
        long named = 0;
        for (var group : groups) {
            var projects = java.util.Arrays.stream(group.projects())
                    .map(places::indexOf)
                    .toArray();
            builder.ballot(times * group.count(), projects, group.points());
            named += group.count();
        }
        if (named < election.voters()) {
            builder.ballot(times * (election.voters() - named));
        }
        return builder;
    }
}
