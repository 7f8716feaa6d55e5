package motette.allocation.rules;

/**
 * The best affordable set was found but could not be proven to be the best: too many sets are nearly equal. It happens to
 * elections in which many projects have equal votes per cost; the message is a sentence.
 */
public final class TooManySets extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManySets(int looked) {
        super("This election has too many nearly equal sets of projects: after " + looked
                + " at a time none is proven to be the best. Choose another rule or another utility.");
    }
}
