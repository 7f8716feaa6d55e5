package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Down a list, most votes (or most votes for the money) first, funding what still fits. Also uses the money that Equal Shares
 * leaves.
 */
final class Greedy {

    private final Progress progress;
    private final Election election;
    private final Ranking ranking;
    private final boolean byRatio;

    private Greedy(Progress progress, boolean byRatio) {
        this.progress = progress;
        this.election = progress.election();
        this.ranking = progress.ranking();
        this.byRatio = byRatio;
    }

    static Allocation allocate(Progress progress) {
        var greedy = new Greedy(progress, progress.rule().method() == Rule.Method.GREEDY_RATIO);
        greedy.goDown(greedy.sorted(progress.open()));
        return progress.finish(Allocation.Endowments.NONE);
    }

    /** Funds, by votes, what fits of the projects that are still open; the others stay open. */
    static void complete(Progress progress) {
        var greedy = new Greedy(progress, false);
        var order = greedy.sorted(progress.open());
        for (int place = 0; place < order.size(); place++) {
            int project = order.get(place);
            if (progress.isOpen(project) && progress.fits(project)) {
                greedy.fund(order, place);
            }
        }
    }

    private void goDown(List<Integer> order) {
        var leftBefore = new ArrayList<BigInteger>();
        boolean stopped = false;
        for (int place = 0; place < order.size(); place++) {
            int project = order.get(place);
            if (!stopped) {
                leftBefore.add(progress.left());
            }
            if (progress.isOpen(project)) {
                if (!stopped && progress.fits(project)) {
                    fund(order, place);
                } else {
                    progress.refuse(
                            project,
                            new Reason.DidNotFit(
                                    progress.currency(progress.left()), missing(order, place, leftBefore), stopped));
                    stopped = stopped || !progress.rule().skip();
                }
            }
        }
    }

    private void fund(List<Integer> order, int place) {
        int project = order.get(place);
        var equal = order.subList(place + 1, order.size()).stream()
                .filter(other -> progress.isOpen(other) && compare(project, other) == 0)
                .toList();
        progress.fund(project, new Reason.NextInOrder(progress.currency(progress.left()), ranking.tie(project, equal)));
    }

    private List<Integer> sorted(List<Integer> projects) {
        Comparator<Integer> byMeasure = this::compare;
        return projects.stream().sorted(byMeasure.thenComparing(ranking::rank)).toList();
    }

    /** Below zero when a comes first by the measure alone. */
    private int compare(int a, int b) {
        return byRatio
                ? votes(b).multiply(election.unitCost(a)).compareTo(votes(a).multiply(election.unitCost(b)))
                : votes(b).compareTo(votes(a));
    }

    private BigInteger votes(int project) {
        return BigInteger.valueOf(election.votes(project));
    }

    /** Votes that would put the project before the last place where enough money was left for it. */
    private BigInteger missing(List<Integer> order, int place, List<BigInteger> leftBefore) {
        int project = order.get(place);
        var cost = election.unitCost(project);
        int before = Math.min(place, leftBefore.size()) - 1;
        while (before >= 0 && leftBefore.get(before).compareTo(cost) < 0) {
            before--;
        }
        return before < 0
                ? BigInteger.ZERO
                : votesToPrecede(project, order.get(before)).subtract(votes(project));
    }

    private BigInteger votesToPrecede(int project, int other) {
        var equal = byRatio
                ? votes(other).multiply(election.unitCost(project)).divideAndRemainder(election.unitCost(other))
                : new BigInteger[] {votes(other), BigInteger.ZERO};
        if (equal[1].signum() != 0) {
            return equal[0].add(BigInteger.ONE);
        } else {
            return ranking.wouldPrecede(project, equal[0], other) ? equal[0] : equal[0].add(BigInteger.ONE);
        }
    }
}
