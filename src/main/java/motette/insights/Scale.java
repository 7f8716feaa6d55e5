package motette.insights;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps in which the map is coloured: as wide as each other and of a round width.
 *
 * @param unit cents an inhabitant, the width of a step
 */
record Scale(long unit) {

    static final int STEPS = 4;

    /** The narrowest one whose last step still holds the most. */
    static Scale upTo(long most) {
        long ten = 1;
        while (true) {
            for (long digit : new long[] {1, 2, 5}) {
                if (digit * ten * STEPS >= most) {
                    return new Scale(digit * ten);
                }
            }
            ten *= 10;
        }
    }

    /** From 1; 0 for nothing. */
    int step(long cents) {
        return cents <= 0 ? 0 : (int) Math.min(STEPS, (cents + unit - 1) / unit);
    }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        for (int i = 1; i <= STEPS; i++) {
            steps.add(new Step(i, (i - 1) * unit, i * unit));
        }
        return steps;
    }

    /**
     * @param over cents an inhabitant: more than that
     * @param upTo and no more than that
     */
    @Introspected
    record Step(int number, long over, long upTo) {}
}
