package motette.allocation.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import motette.allocation.rules.Rule.Completion;
import motette.allocation.rules.Rule.Limits;
import motette.allocation.rules.Rule.Method;
import motette.allocation.rules.Rule.Start;
import motette.allocation.rules.Rule.Stop;
import motette.allocation.rules.Rule.Utility;

/** Small random elections and rules; few different numbers, so that ties, empty purses and exact fits are frequent. */
final class Samples {

    private static final long[] COSTS = {0, 1, 2, 3, 4, 5, 6, 10, 10, 12, 15, 20, 20, 30, 50, 60};
    private static final List<String> IDS = List.of("1", "2", "10", "007", "7", "a", "B", "c7", "Ä", "9", "b");

    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    Election election() {
        return random.nextInt(4) == 0 ? withPoints() : approvals();
    }

    Election approvals() {
        var builder = projects(VoteType.APPROVAL);
        var ballots = ballots();
        ballots.forEach(ballot -> builder.ballot(1, ballot));
        return builder.build();
    }

    Election withPoints() {
        var builder = projects(VoteType.CUMULATIVE);
        if (random.nextBoolean()) {
            builder.pointScale(1);
        }
        for (var ballot : ballots()) {
            var named = IntStream.of(ballot).distinct().toArray();
            builder.ballot(
                    1,
                    named,
                    IntStream.of(named).mapToLong(each -> random.nextInt(6)).toArray());
        }
        return builder.build();
    }

    private int size;

    private Election.Builder projects(VoteType type) {
        size = 1 + random.nextInt(8);
        var ids = new ArrayList<>(IDS);
        Collections.shuffle(ids, random);
        var builder = Election.builder(budget(), type);
        boolean cents = random.nextInt(4) == 0;
        boolean huge = random.nextInt(40) == 0;
        for (int i = 0; i < size; i++) {
            var cost = BigDecimal.valueOf(COSTS[random.nextInt(COSTS.length)]);
            if (cents) {
                cost = cost.movePointLeft(1);
            }
            if (huge) {
                cost = cost.multiply(BigDecimal.valueOf(1L << 62));
            }
            builder.project(ids.get(i), cost, "");
        }
        return builder;
    }

    private BigDecimal budget() {
        return BigDecimal.valueOf(random.nextInt(100), random.nextInt(4) == 0 ? 1 : 0);
    }

    private List<int[]> ballots() {
        int voters = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(10);
        int likes = 1 + random.nextInt(3);
        return IntStream.range(0, voters)
                .mapToObj(voter -> IntStream.range(0, size)
                        .filter(project -> random.nextInt(4) < likes)
                        .toArray())
                .toList();
    }

    /** Any rule with any options. */
    Rule rule(Election election) {
        return rule(Method.values()[random.nextInt(Method.values().length)], election);
    }

    Rule rule(Method method, Election election) {
        var rule = Rule.of(method)
                .with(Utility.values()[random.nextInt(3)])
                .with(Completion.values()[random.nextInt(4)])
                .with(Start.values()[random.nextInt(2)])
                .with(Stop.values()[random.nextInt(2)])
                .with(ties(election))
                .withMinVotes(random.nextInt(3) == 0 ? random.nextInt(4) : 0)
                .withIncrement(new BigDecimal(List.of("1", "0.5", "2", "0.25").get(random.nextInt(4))));
        var limited = random.nextInt(3) == 0 ? rule.with(limits(election)) : rule;
        return random.nextInt(4) == 0 ? limited.withoutSkipping() : limited;
    }

    private TieOrder ties(Election election) {
        return switch (random.nextInt(4)) {
            case 0 -> TieOrder.COST_VOTES_ID;
            case 1 -> TieOrder.drawn(some(election));
            default -> TieOrder.VOTES_COST_ID;
        };
    }

    private List<String> some(Election election) {
        var ids = new ArrayList<>(election.projects().stream().map(Project::id).toList());
        Collections.shuffle(ids, random);
        return ids.subList(0, random.nextInt(ids.size() + 1));
    }

    /** Limits that keep within the budget and do not contradict themselves. */
    private Limits limits(Election election) {
        var exclusive = new ArrayList<Set<String>>();
        for (int i = 0; i < 2; i++) {
            exclusive.add(new TreeSet<>(some(election).stream().limit(3).toList()));
        }
        var in = new TreeSet<String>();
        var left = election.budget();
        for (var id : some(election).stream().limit(2).toList()) {
            var cost = election.project(election.indexOf(id)).cost();
            boolean rival = exclusive.stream()
                    .anyMatch(set -> set.contains(id) && in.stream().anyMatch(set::contains));
            if (!rival && random.nextBoolean() && cost.compareTo(left) <= 0) {
                in.add(id);
                left = left.subtract(cost);
            }
        }
        var out = new TreeSet<>(some(election).stream().limit(1).toList());
        out.removeAll(in);
        return new Limits(in, out, exclusive);
    }
}
