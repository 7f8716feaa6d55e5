package motette;

/** A start that cannot go on; the message is one sentence for the operator that names the thing and the value. */
final class StartupFailure extends RuntimeException {

    StartupFailure(String sentence) {
        super(sentence, null, false, false);
    }
}
