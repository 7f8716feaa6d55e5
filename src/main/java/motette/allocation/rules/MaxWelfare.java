package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The affordable set with the greatest value. Among those of equal value: the cheapest, then the one whose places in the tie order
 * are lexicographically smallest.
 */
final class MaxWelfare {

    private final Progress progress;
    private final Election election;
    private final BigInteger[] points;

    private MaxWelfare(Progress progress) {
        this.progress = progress;
        election = progress.election();
        points = points(election);
    }

    static Allocation allocate(Progress progress) {
        new MaxWelfare(progress).run();
        return progress.finish(Allocation.Endowments.NONE);
    }

    private void run() {
        var already = progress.selected();
        var value = sum(already);
        var candidates = progress.open();
        var knapsack = new Knapsack(
                candidates.stream().map(this::item).toList(),
                progress.left(),
                (a, b) -> progress.rivals(a).contains(b));
        var best = knapsack.best();
        var whole = value.add(best.value());
        var spent = election.unitBudget().subtract(progress.left());
        var left = new ArrayList<Integer>();
        for (int project : candidates) {
            if (best.contains(progress.ranking().rank(project))) {
                progress.fund(project, new Reason.InBestSet(whole));
            } else {
                left.add(project);
            }
        }
        for (int project : left) {
            if (progress.isOpen(project)) {
                var with = knapsack.bestWith(project);
                progress.refuse(
                        project,
                        new Reason.NotInBestSet(
                                whole, value.add(with.value()), progress.currency(spent.add(with.cost()))));
            }
        }
    }

    private Knapsack.Item item(int project) {
        return new Knapsack.Item(project, progress.ranking().rank(project), value(project), election.unitCost(project));
    }

    private BigInteger sum(List<Integer> projects) {
        return projects.stream().map(this::value).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger value(int project) {
        var votes = BigInteger.valueOf(election.votes(project));
        return switch (progress.rule().utility()) {
            case COST -> votes.multiply(election.unitCost(project));
            case CARDINALITY -> votes;
            case SCORE -> points[project];
        };
    }

    private static BigInteger[] points(Election election) {
        var points = new BigInteger[election.projects().size()];
        java.util.Arrays.fill(points, BigInteger.ZERO);
        for (var group : election.groups()) {
            for (int i = 0; i < group.projects().length; i++) {
                int project = group.projects()[i];
                points[project] = points[project].add(
                        BigInteger.valueOf(group.count()).multiply(BigInteger.valueOf(group.points()[i])));
            }
        }
        return points;
    }
}
