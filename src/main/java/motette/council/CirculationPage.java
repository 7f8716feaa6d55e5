package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * One circulation.
 *
 * @param me      the visitor as a member who is asked; null for anybody else
 * @param insider whether the visitor belongs to the body, and reads who said what
 * @param runs    whether the visitor may end it
 * @param reason  of a stop, as typed
 * @param said    what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record CirculationPage(
        Circulation one,
        LocalDate today,
        Circulation.@Nullable Asked me,
        boolean insider,
        boolean runs,
        String reason,
        Problems problems,
        String said) {

    static final List<String> ANSWERS = List.of("agree", "object", "biased");

    /** What the member may still say. */
    List<String> answers() {
        if (me == null || !one.isRunning() || one.isOver(today)) {
            return List.of();
        } else {
            return me.answer().isEmpty() ? ANSWERS : me.answer().equals("agree") ? List.of("object") : List.of();
        }
    }

    boolean isRipe() {
        return one.isRipe(today);
    }
}
