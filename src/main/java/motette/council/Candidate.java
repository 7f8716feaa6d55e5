package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An idea a body decides on, as the form needs it.
 *
 * @param costCents null when not said
 * @param state     as derived from its story
 */
@Introspected
record Candidate(
        long number,
        String title,
        String quarter,
        String category,
        String kind,
        String state,
        @Nullable Long costCents,
        long supports,
        @Nullable LocalDate publishedOn) {

    boolean isOpen() {
        return state.equals("published") || state.equals("postponed");
    }

    boolean isWithdrawn() {
        return state.equals("withdrawn");
    }

    /** The cost where it is known; an idea that costs nothing needs no money, so 0 says nothing of the amount. */
    long knownCost() {
        return costCents == null ? 0 : costCents;
    }
}
