package motette.oparl;

import io.micronaut.http.HttpParameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Which part of a list is asked for. Parameters that OParl does not know are passed over: clients send their own.
 *
 * @param organization key of a body; empty for all
 * @param whole        whether inner objects are given; false where a client leaves them out (omit_internal)
 */
record Wanted(
        int page,
        int limit,
        Optional<Instant> createdSince,
        Optional<Instant> createdUntil,
        Optional<Instant> modifiedSince,
        Optional<Instant> modifiedUntil,
        String organization,
        boolean whole) {

    private static final int USUAL = 50;
    private static final int MOST = 100;
    private static final int LAST_PAGE = 1_000_000;

    static Wanted of(HttpParameters sent) {
        return new Wanted(
                number(sent, "page", 1, LAST_PAGE),
                number(sent, "limit", USUAL, MOST),
                moment(sent, "created_since"),
                moment(sent, "created_until"),
                moment(sent, "modified_since"),
                moment(sent, "modified_until"),
                text(sent, "organization").orElse(""),
                text(sent, "omit_internal").filter("true"::equals).isEmpty());
    }

    long offset() {
        return (long) (page - 1) * limit;
    }

    private static Optional<String> text(HttpParameters sent, String name) {
        return sent.getFirst(name).filter(value -> !value.isEmpty());
    }

    private static int number(HttpParameters sent, String name, int usual, int most) {
        return text(sent, name)
                .map(value -> {
                    int number = value.matches("[0-9]{1,7}") ? Integer.parseInt(value) : 0;
                    if (number < 1 || number > most) {
                        throw OparlProblem.badParameter(name, value, "eine Zahl von 1 bis " + most);
                    }
                    return number;
                })
                .orElse(usual);
    }

    /** A plus sign that was sent as it is arrives as a blank. */
    private static Optional<Instant> moment(HttpParameters sent, String name) {
        return text(sent, name).map(value -> {
            try {
                return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
            } catch (DateTimeException unreadable) {
                throw OparlProblem.badParameter(
                        name, value, "ein Zeitpunkt mit Zeitzone, zum Beispiel 2026-11-23T18:00:00%2B01:00");
            }
        });
    }
}
