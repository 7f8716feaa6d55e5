package motette.allocation.command;

/** A file that cannot be read: one English sentence. */
final class InputProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    InputProblem(String sentence) {
        super(sentence, null, false, false);
    }
}
