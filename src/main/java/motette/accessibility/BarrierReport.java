package motette.accessibility;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A barrier that somebody told the city of.
 *
 * @param mailed     whether the answer goes out by mail; else it is only kept
 * @param odd        whether it looked like sent by a program
 * @param answerBy   last day on which an answer is in time
 * @param answeredAt null while nobody answered
 * @param overdue    whether it waits for longer than promised
 */
@Introspected
record BarrierReport(
        long id,
        String page,
        String problem,
        boolean mailed,
        boolean odd,
        Instant receivedAt,
        LocalDate answerBy,
        String answer,
        @Nullable Instant answeredAt,
        boolean overdue) {

    boolean waits() {
        return answeredAt == null;
    }

    /** Never in a log. */
    @Override
    public String toString() {
        return "BarrierReport " + id;
    }
}
