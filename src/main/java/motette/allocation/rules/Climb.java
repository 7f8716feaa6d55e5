package motette.allocation.rules;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Raises everybody's money step by step until a run is enough or the next one costs too much. Linear on purpose: what a run costs
 * does not grow steadily with the money, so leaving out steps ends elsewhere. Several steps are tried at once, and the first that
 * stops counts; so how many at once does not matter.
 */
final class Climb {

    private final Supplier<Purses> purses;
    private final Predicate<Purses.Run> enough;
    private final int atOnce;

    /** @param atOnce runs side by side, at least 1 */
    Climb(Supplier<Purses> purses, Predicate<Purses.Run> enough, int atOnce) {
        this.purses = purses;
        this.enough = enough;
        this.atOnce = atOnce;
    }

    /**
     * Where the climb ended.
     *
     * @param last money of each voter in the run that counts
     * @param runs all runs up to the stop, the one that cost too much included
     */
    record Summit(Fraction last, int runs) {}

    Summit climb(Fraction first, Fraction step) {
        var workers = Stream.generate(purses).limit(atOnce).toList();
        var endowment = first;
        int runs = 0;
        while (true) {
            for (var run : runs(workers, endowment, step)) {
                runs++;
                if (run.overspent()) {
                    return new Summit(endowment.minus(step), runs);
                } else if (enough.test(run)) {
                    return new Summit(endowment, runs);
                } else {
                    endowment = endowment.plus(step);
                }
            }
        }
    }

    private static List<Purses.Run> runs(List<Purses> workers, Fraction from, Fraction step) {
        var places = IntStream.range(0, workers.size());
        return (workers.size() > 1 ? places.parallel() : places)
                .mapToObj(place -> workers.get(place).run(from.plus(step.times(place))))
                .toList();
    }
}
