package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import motette.shared.Money;
import org.jspecify.annotations.Nullable;

/**
 * The idea or application that an item is about, as a motion needs it.
 *
 * @param idea        0 where it is about none
 * @param application 0 where it is about none
 * @param version     of the application; 0 without
 * @param asked       what it costs, or what is asked of the fund; nothing where it is not said
 * @param year        of the budget
 * @param completeOn  the day on which an application was complete; null without
 * @param refused     why nothing can be resolved on it, as the end of a message's key; empty otherwise
 */
@Introspected
record Matter(
        long idea,
        long application,
        int version,
        Money asked,
        int year,
        @Nullable LocalDate completeOn,
        String refused) {

    /** As ledger and audit name it. */
    String reference() {
        return application != 0 ? "application:" + application : "idea:" + idea;
    }
}
