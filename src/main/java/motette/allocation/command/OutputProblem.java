package motette.allocation.command;

import java.io.IOException;

/** The result could not be written. */
final class OutputProblem extends IOException {

    private static final long serialVersionUID = 1;

    OutputProblem(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the reader has simply gone, as {@code head} does. */
    boolean readerGone() {
        var message = getMessage();
        return message != null && (message.contains("Broken pipe") || message.contains("pipe is being closed"));
    }
}
