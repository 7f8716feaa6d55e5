package motette.allocation.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequential Phragmén, stopping where the next project does not fit: the voters who support a project share its cost so that the
 * greatest load of a voter stays least. Source: Brill, Freeman, Janson, Lackner, "Phragmén's Voting Methods and Justified
 * Representation", 2017, with costs.
 *
 * <p>The load of a voter is that of the project last funded on the ballot. So the load of a project is a sum of its cost and of loads
 * of funded projects times whole numbers, all over one common denominator; nothing in it is subtracted, so its double is less than
 * {@link #DOUBT} away from the truth, relatively.
 */
final class Phragmen {

    private static final double DOUBT = 0x1p-36;
    private static final int BITS_OF_DOUBLE_RANGE = 900;

    private final Progress progress;
    private final Supporters supporters;
    private final boolean exactly;
    private final int[] lastOf;
    private final long[][] loaded;
    private final List<BigInteger> loads = new ArrayList<>();
    private BigInteger denominator = BigInteger.ONE;

    private Phragmen(Progress progress, Arithmetic arithmetic) {
        this.progress = progress;
        supporters = new Supporters(progress, false);
        exactly = arithmetic == Arithmetic.EXACT || progress.left().bitLength() > BITS_OF_DOUBLE_RANGE;
        lastOf = new int[supporters.groups()];
        Arrays.fill(lastOf, -1);
        loaded = new long[supporters.size()][supporters.size()];
    }

    static Allocation allocate(Progress progress, Arithmetic arithmetic) {
        new Phragmen(progress, arithmetic).run();
        return progress.finish(Allocation.Endowments.NONE);
    }

    private void run() {
        boolean going = open().findAny().isPresent();
        while (going) {
            var equal = leastLoaded();
            var dear = equal.stream()
                    .map(supporters::project)
                    .filter(project -> !progress.fits(project))
                    .toList();
            if (dear.isEmpty()) {
                fund(equal);
                going = open().findAny().isPresent();
            } else {
                stop(dear.getFirst());
                going = false;
            }
        }
    }

    private IntStream open() {
        return IntStream.range(0, supporters.size()).filter(project -> progress.isOpen(supporters.project(project)));
    }

    /** The open projects that would load their supporters least, in tie order. */
    private List<Integer> leastLoaded() {
        var projects = open().toArray();
        var near = exactly ? projects : near(projects);
        var least = new ArrayList<Integer>();
        for (int project : near) {
            int comparison = least.isEmpty() ? -1 : compare(project, least.getFirst());
            if (comparison < 0) {
                least.clear();
            }
            if (comparison <= 0) {
                least.add(project);
            }
        }
        return least;
    }

    private int[] near(int[] projects) {
        var rounded = loads.stream()
                .mapToDouble(load -> Doubles.quotient(load, denominator))
                .toArray();
        var sums = Arrays.stream(projects)
                .mapToDouble(project -> {
                    double sum = supporters.cost(project).doubleValue();
                    for (int i = 0; i < rounded.length; i++) {
                        sum += rounded[i] * loaded[project][i];
                    }
                    return sum / supporters.total(project);
                })
                .toArray();
        double bound = Arrays.stream(sums).min().orElse(0) * (1 + 4 * DOUBT);
        return IntStream.range(0, projects.length)
                .filter(i -> sums[i] <= bound)
                .map(i -> projects[i])
                .toArray();
    }

    private int compare(int a, int b) {
        return sum(a).multiply(BigInteger.valueOf(supporters.total(b)))
                .compareTo(sum(b).multiply(BigInteger.valueOf(supporters.total(a))));
    }

    /** What the project and its supporters' loads come to together, times the denominator. */
    private BigInteger sum(int project) {
        var sum = supporters.cost(project).multiply(denominator);
        for (int i = 0; i < loads.size(); i++) {
            if (loaded[project][i] != 0) {
                sum = sum.add(loads.get(i).multiply(BigInteger.valueOf(loaded[project][i])));
            }
        }
        return sum;
    }

    private Fraction load(int project) {
        return progress.currency(
                Fraction.of(sum(project), denominator.multiply(BigInteger.valueOf(supporters.total(project)))));
    }

    private void fund(List<Integer> equal) {
        int project = equal.getFirst();
        var load = load(project);
        remember(project);
        var others = equal.stream().skip(1).map(supporters::project).toList();
        progress.fund(
                supporters.project(project),
                new Reason.Loaded(loads.size(), load, progress.ranking().tie(supporters.project(project), others)));
    }

    private void remember(int project) {
        var sum = sum(project);
        var voters = BigInteger.valueOf(supporters.total(project));
        var common = sum.gcd(voters);
        var factor = voters.divide(common);
        denominator = denominator.multiply(factor);
        loads.replaceAll(load -> load.multiply(factor));
        int index = loads.size();
        loads.add(sum.divide(common));
        for (int i = supporters.first(project); i < supporters.first(project + 1); i++) {
            int group = supporters.group(i);
            for (int j = supporters.firstNamed(group); j < supporters.firstNamed(group + 1); j++) {
                var counts = loaded[supporters.named(j)];
                if (lastOf[group] >= 0) {
                    counts[lastOf[group]] -= supporters.count(group);
                }
                counts[index] += supporters.count(group);
            }
            lastOf[group] = index;
        }
    }

    private void stop(int at) {
        var left = progress.currency(progress.left());
        open().forEach(project ->
                progress.refuse(supporters.project(project), new Reason.StoppedBefore(load(project), at, left)));
    }
}
