package motette.opendata;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;

/** What is wrong with a request, in one sentence that names the thing and the value; answered as RFC 9457 says. */
final class ApiProblem extends RuntimeException {

    private static final int LONGEST_VALUE = 100;

    private final transient Body body;

    /**
     * @param parameter which one; empty where none is at fault
     * @param value     what was sent, cut to a length that can be shown
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Body(String type, String title, int status, String detail, String parameter, String value) {}

    private ApiProblem(Body body) {
        super(body.detail(), null, false, false);
        this.body = body;
    }

    static ApiProblem badParameter(String name, String value, String wanted) {
        var shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
        return new ApiProblem(new Body(
                "about:blank",
                HttpStatus.BAD_REQUEST.getReason(),
                400,
                "The parameter '" + name + "' is '" + shown + "', but " + wanted + ".",
                name,
                shown));
    }

    static ApiProblem notThere(String sentence) {
        return new ApiProblem(new Body("about:blank", HttpStatus.NOT_FOUND.getReason(), 404, sentence, "", ""));
    }

    Body body() {
        return body;
    }
}
