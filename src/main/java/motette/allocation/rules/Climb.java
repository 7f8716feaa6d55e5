package motette.allocation.rules;

import java.util.function.Predicate;

/**
 * Raises everybody's money step by step until a run is enough or the next one costs too much. Linear on purpose: what a run costs
 * does not grow steadily with the money, so skipping steps ends elsewhere.
 */
final class Climb {

    private final Fraction last;
    private final int runs;

    Climb(Purses purses, Fraction first, Fraction step, Predicate<Purses.Run> enough) {
        var endowment = first;
        var run = purses.run(endowment);
        int count = 1;
        boolean climbing = !enough.test(run);
        while (climbing) {
            var next = purses.run(endowment.plus(step));
            count++;
            if (next.overspent()) {
                climbing = false;
            } else {
                endowment = endowment.plus(step);
                climbing = !enough.test(next);
            }
        }
        last = endowment;
        runs = count;
    }

    /** Money of each voter in the run that counts. */
    Fraction last() {
        return last;
    }

    int runs() {
        return runs;
    }
}
