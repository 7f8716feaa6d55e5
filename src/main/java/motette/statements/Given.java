package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the administration has said on a matter, in short.
 *
 * @param given         all offices that are asked have answered, and no appeal is open: a body can rely on it
 * @param skipped       the office says that none is needed, and the sum still lies within what the body decides without one
 * @param openAppeal    the author appeals and nobody has decided that yet
 * @param asked         offices that are asked now
 * @param answered      how many of them have answered
 * @param nextDue       the first deadline without an answer; null where none is open
 * @param feasibility   yes, conditions or no: the least favourable of the offices; empty before the first answer
 * @param estimateCents gross, the highest of the offices; 0 before the first answer
 * @param runningCents  a year, gross, the highest of the offices
 */
@Introspected
public record Given(
        Subject subject,
        boolean given,
        boolean skipped,
        boolean openAppeal,
        int asked,
        int answered,
        @Nullable LocalDate nextDue,
        String feasibility,
        long estimateCents,
        long runningCents) {

    /** Nobody was asked, and nothing was said. */
    public static Given nothing(Subject subject) {
        return new Given(subject, false, false, false, 0, 0, null, "", 0, 0);
    }

    /** Whether the administration was asked here, or said something. */
    public boolean isAsked() {
        return asked > 0 || given || skipped || openAppeal;
    }

    public boolean isOverdue(LocalDate today) {
        return nextDue != null && nextDue.isBefore(today);
    }

    /** Of its badge: none, skipped, given, appeal, overdue or asked; texts {@code statements.state.*}. */
    public String state(LocalDate today) {
        if (openAppeal) {
            return "appeal";
        } else if (given) {
            return "given";
        } else if (skipped) {
            return "skipped";
        } else if (isOverdue(today)) {
            return "overdue";
        } else {
            return asked > answered ? "asked" : "none";
        }
    }
}
