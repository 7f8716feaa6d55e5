package motette.oparl;

import io.micronaut.http.HttpStatus;

/** Why there is no answer, in one sentence; OParl 1.1 has a type of its own for it. */
final class OparlProblem extends RuntimeException {

    private static final int LONGEST = 60;

    private final transient HttpStatus status;

    private OparlProblem(HttpStatus status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    static OparlProblem notThere() {
        return new OparlProblem(HttpStatus.NOT_FOUND, "Dieses Objekt gibt es nicht.");
    }

    static OparlProblem badParameter(String name, String value, String wanted) {
        var shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
        return new OparlProblem(
                HttpStatus.BAD_REQUEST,
                "Der Parameter " + name + " ist „" + shown + "“. Erwartet wird " + wanted + ".");
    }

    HttpStatus status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
