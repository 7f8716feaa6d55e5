package motette.applications;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application.
 *
 * @param applicantId 0 on paper, and once the account is erased
 * @param enteredBy   0 unless somebody of the staff entered it
 * @param ideaNumber  0 where it came from no idea
 * @param fields      what is typed now
 * @param state       draft, received, returned, complete, decided, withdrawn
 * @param version     the latest sent; 0 before
 * @param receivedOn  of the latest version; null before
 * @param completeAt  null before
 */
record Application(
        long id,
        long applicantId,
        long enteredBy,
        long ideaNumber,
        Map<String, String> fields,
        Instant changedAt,
        String state,
        int version,
        String bodyKey,
        String quarterKey,
        @Nullable LocalDate receivedOn,
        @Nullable Instant completeAt) {

    static final String DRAFT = "draft";
    static final String RECEIVED = "received";
    static final String RETURNED = "returned";
    static final String COMPLETE = "complete";
    static final String WITHDRAWN = "withdrawn";

    boolean isWritable() {
        return state.equals(DRAFT) || state.equals(RETURNED);
    }

    boolean isWithdrawable() {
        return state.equals(RECEIVED) || state.equals(RETURNED) || state.equals(COMPLETE);
    }

    boolean isPaper() {
        return enteredBy != 0;
    }

    /** As the audit and mails name it. */
    String subject() {
        return "application:" + id;
    }
}
