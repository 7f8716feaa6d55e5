package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * Sequential Phragmén, stopping where the next project does not fit. Source: Brill, Freeman, Janson, Lackner, "Phragmén's Voting
 * Methods and Justified Representation", 2017, with costs.
 */
final class Phragmen {

    private final Progress progress;
    private final Election election;
    private final Fraction[] loads;

    private Phragmen(Progress progress) {
        this.progress = progress;
        election = progress.election();
        loads = new Fraction[election.groups().size()];
        Arrays.fill(loads, Fraction.ZERO);
    }

    static Allocation allocate(Progress progress, Arithmetic arithmetic) {
        new Phragmen(progress).run();
        return progress.finish(Allocation.Endowments.NONE);
    }

    private void run() {
        int round = 1;
        boolean going = !progress.open().isEmpty();
        while (going) {
            var next = new HashMap<Integer, Fraction>();
            progress.open().forEach(project -> next.put(project, load(project)));
            var least = next.values().stream().min(Fraction::compareTo).orElseThrow();
            var equal = progress.open().stream()
                    .filter(project -> next.getOrDefault(project, Fraction.ZERO).equals(least))
                    .toList();
            var dear = equal.stream().filter(project -> !progress.fits(project)).toList();
            if (dear.isEmpty()) {
                fund(equal, least, round++);
                going = !progress.open().isEmpty();
            } else {
                var left = progress.currency(progress.left());
                next.forEach((project, load) -> progress.refuse(
                        project, new Reason.StoppedBefore(progress.currency(load), dear.getFirst(), left)));
                going = false;
            }
        }
    }

    private void fund(List<Integer> equal, Fraction load, int round) {
        int project = equal.getFirst();
        var others = new ArrayList<>(equal.subList(1, equal.size()));
        for (int group = 0; group < loads.length; group++) {
            if (supports(group, project)) {
                loads[group] = load;
            }
        }
        progress.fund(
                project,
                new Reason.Loaded(
                        round, progress.currency(load), progress.ranking().tie(project, others)));
    }

    private Fraction load(int project) {
        var sum = Fraction.of(election.unitCost(project), BigInteger.ONE);
        for (int group = 0; group < loads.length; group++) {
            if (supports(group, project)) {
                sum = sum.plus(loads[group].times(election.groups().get(group).count()));
            }
        }
        return sum.over(Fraction.of(election.votes(project)));
    }

    private boolean supports(int group, int project) {
        return Arrays.binarySearch(election.groups().get(group).projects(), project) >= 0;
    }
}
