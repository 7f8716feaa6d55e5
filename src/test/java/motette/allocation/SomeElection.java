package motette.allocation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import motette.allocation.rules.Election;
import motette.allocation.rules.Rule;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;
import motette.allocation.rules.TieOrder;
import motette.allocation.rules.VoteType;

/** Elections and rules to try things on: the worked examples, and any number drawn from a seed. */
public final class SomeElection {

    private SomeElection() {}

    /** The example every page and document works through. */
    public static Election worked() {
        return Election.builder(new BigDecimal("1000"), VoteType.APPROVAL)
                .project("1", new BigDecimal("500"), "Schulgarten")
                .project("2", new BigDecimal("400"), "Bänke am Kanal")
                .project("3", new BigDecimal("300"), "Trinkbrunnen")
                .project("4", new BigDecimal("200"), "Lesefest")
                .ballot(5, 0, 1)
                .ballot(2, 0)
                .ballot(2, 2, 3)
                .ballot(1, 3)
                .build();
    }

    /** Six times a sixth is one: doubles lose the project here. */
    public static Election sixths() {
        return named("1", "1", "2", "2", "1")
                .ballot(2, 0, 1, 3)
                .ballot(1, 0, 1, 3)
                .ballot(1, 0, 2, 3)
                .ballot(1, 0, 1, 2, 3)
                .ballot(1, 2, 3)
                .build();
    }

    /** An exact tie that doubles miss. */
    public static Election tied() {
        return named("1000", "50", "220", "120", "190", "210", "120", "150", "70")
                .ballot(1, 3)
                .ballot(1, 3, 5)
                .ballot(2, 4)
                .ballot(1, 0, 1, 2, 6)
                .ballot(1, 3, 4, 6)
                .build();
    }

    /** Projects 1, 2, … without ballots yet. */
    public static Election.Builder named(String budget, String... costs) {
        var builder = Election.builder(new BigDecimal(budget), VoteType.APPROVAL);
        for (int i = 0; i < costs.length; i++) {
            builder.project(String.valueOf(i + 1), new BigDecimal(costs[i]), "");
        }
        return builder;
    }

    /** Up to eight projects and forty voters, with equal costs, free projects, projects too dear and without votes among them. */
    public static Election random(Random random) {
        var points = random.nextInt(4) == 0;
        var cents = random.nextInt(3) == 0 ? 2 : 0;
        var projects = 1 + random.nextInt(8);
        var budget = BigDecimal.valueOf(random.nextInt(12) == 0 ? 3 : 100 + random.nextInt(900), cents);
        var builder = Election.builder(budget, points ? VoteType.CUMULATIVE : VoteType.APPROVAL);
        var steps = List.of(1, 10, 50).get(random.nextInt(3));
        for (int i = 0; i < projects; i++) {
            var cost = random.nextInt(20) == 0 ? 0 : (1 + random.nextInt(600 / steps)) * steps;
            builder.project(
                    String.valueOf(i + 1),
                    BigDecimal.valueOf(cost, cents),
                    random.nextInt(4) == 0 ? "" : "Projekt " + (char) ('A' + i));
        }
        if (points) {
            builder.pointScale(random.nextInt(2));
        }
        var kinds = 1 + random.nextInt(6);
        for (int kind = 0; kind < kinds; kind++) {
            var supported = IntStream.range(0, projects)
                    .filter(project -> random.nextInt(3) == 0)
                    .toArray();
            var count = 1 + random.nextInt(random.nextBoolean() ? 3 : 12);
            if (points) {
                builder.ballot(
                        count, supported, random.longs(supported.length, 1, 6).toArray());
            } else {
                builder.ballot(count, supported);
            }
        }
        return builder.build();
    }

    /** Any rule with any parameters that suits the election. */
    public static Rule rule(Random random, Election election) {
        var method = Method.values()[random.nextInt(7) % Method.values().length];
        return rule(random, election, random.nextInt(3) == 0 ? Method.EQUAL_SHARES : method);
    }

    public static Rule rule(Random random, Election election, Method method) {
        var rule = Rule.of(method)
                .with(pick(random, Utility.values()))
                .with(pick(random, Completion.values()))
                .with(pick(random, Start.values()))
                .with(pick(random, Stop.values()))
                .withIncrement(new BigDecimal(pick(random, "1", "0.5", "3")))
                .with(ties(random, election));
        if (random.nextInt(4) == 0) {
            rule = rule.withMinVotes(random.nextInt(6));
        }
        if (random.nextInt(4) == 0) {
            rule = rule.withoutSkipping();
        }
        return random.nextInt(3) == 0 ? rule.with(limits(random, election)) : rule;
    }

    private static TieOrder ties(Random random, Election election) {
        var ids = new ArrayList<>(
                election.projects().stream().map(project -> project.id()).toList());
        Collections.shuffle(ids, random);
        return pick(random, TieOrder.VOTES_COST_ID, TieOrder.COST_VOTES_ID, TieOrder.drawn(ids));
    }

    private static Limits limits(Random random, Election election) {
        Set<String> in = Set.of();
        Set<String> out = Set.of();
        List<Set<String>> exclusive = List.of();
        var some = random.nextInt(election.projects().size());
        var id = election.project(some).id();
        if (random.nextBoolean() && election.project(some).cost().compareTo(election.budget()) <= 0) {
            in = Set.of(id);
        } else if (random.nextBoolean()) {
            out = Set.of(id);
        }
        if (election.projects().size() > 2 && random.nextBoolean()) {
            var one = random.nextInt(election.projects().size() - 1);
            exclusive = List.of(
                    Set.of(election.project(one).id(), election.project(one + 1).id()));
        }
        return new Limits(in, out, exclusive);
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
