package motette.allocation.command;

/** A command that cannot be understood: one English sentence. */
final class UsageProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageProblem(String sentence) {
        super(sentence, null, false, false);
    }
}
