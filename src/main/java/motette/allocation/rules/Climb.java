package motette.allocation.rules;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Raises everybody's money step by step until a run is enough or the next one costs too much. Linear on purpose: what a run costs
 * does not grow steadily with the money, so leaving out steps ends elsewhere. Several steps are tried at once, and the first that
 * stops counts; so how many at once does not matter. Steps that cannot change a run ({@link Purses#sameBelow()}) are
 * counted without being run: where two people want what costs half the budget, they are many.
 */
final class Climb {

    private static final BigInteger MOST_RUNS = BigInteger.valueOf(Integer.MAX_VALUE - 1_000);

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
     * @param runs all runs up to the stop, those skipped and the one that cost too much included; at most 2^31 less 1,000
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
            var skipped = stepsBelow(workers.getLast().sameBelow(), endowment, step);
            endowment = endowment.plus(step.times(Fraction.of(skipped, BigInteger.ONE)));
            runs = skipped.add(BigInteger.valueOf(runs)).min(MOST_RUNS).intValueExact();
        }
    }

    /** How many steps from one on lie below a bound. */
    private static BigInteger stepsBelow(Optional<Fraction> bound, Fraction from, Fraction step) {
        return bound.map(below -> below.minus(from).over(step).ceiling())
                .orElse(BigInteger.ZERO)
                .max(BigInteger.ZERO);
    }

    private static List<Purses.Run> runs(List<Purses> workers, Fraction from, Fraction step) {
        var places = IntStream.range(0, workers.size());
        return (workers.size() > 1 ? places.parallel() : places)
                .mapToObj(place -> workers.get(place).run(from.plus(step.times(place))))
                .toList();
    }
}
