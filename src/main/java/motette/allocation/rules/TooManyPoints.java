package motette.allocation.rules;

/** The ballots give a project more points than can be counted: a fault of the election, whatever the rule. */
public final class TooManyPoints extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    TooManyPoints(String project, ArithmeticException cause) {
        super("The points of project " + project + " are more than 2^63", cause);
    }
}
