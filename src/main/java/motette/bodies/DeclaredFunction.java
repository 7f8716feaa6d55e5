package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a member says they are in an organisation.
 *
 * @param kind     one of {@link FunctionForm#KINDS}
 * @param to       last day; null while it goes on
 * @param isPublic they let everybody read it
 */
@Introspected
record DeclaredFunction(
        long id,
        long personId,
        String organisation,
        String kind,
        LocalDate from,
        @Nullable LocalDate to,
        boolean isPublic) {

    boolean runsOn(LocalDate day) {
        return !from.isAfter(day) && !isOver(day);
    }

    boolean isOver(LocalDate day) {
        return to != null && to.isBefore(day);
    }
}
