package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An office is asked.
 *
 * @param due       last day for the answer
 * @param askedBy   who asked
 * @param state     open, answered, forwarded, returned or renewed
 * @param comment   with which it was passed on or given back; empty otherwise
 * @param passedAt  null while it was neither
 * @param passedTo  name of the office it was passed on to; empty otherwise
 */
@Introspected
record Request(
        long id,
        long fileId,
        String officeKey,
        String officeName,
        String question,
        LocalDate asked,
        LocalDate due,
        long askedBy,
        String state,
        String comment,
        @Nullable Instant passedAt,
        String passedTo) {

    static final String OPEN = "open";
    static final String ANSWERED = "answered";

    boolean isOpen() {
        return state.equals(OPEN);
    }

    boolean isAnswered() {
        return state.equals(ANSWERED);
    }

    boolean isOverdue(LocalDate today) {
        return isOpen() && due.isBefore(today);
    }

    String path() {
        return "/statements/requests/" + id;
    }
}
