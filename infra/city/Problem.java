/** The input is at fault; the message is one sentence that names the thing and the value. */
final class Problem extends RuntimeException {

    Problem(String message) {
        super(message, null, false, false);
    }
}
