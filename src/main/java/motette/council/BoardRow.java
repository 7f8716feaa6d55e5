package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the board: an idea and, where the body has decided on it from this budget, its latest resolution.
 *
 * @param fits       open ideas only: whether the money that is left after those before it covers it
 * @param after      euro cents left after it where it fits, missing where it does not; 0 where the cost is not known
 * @param resolution what was decided; null where nothing was
 */
@Introspected
record BoardRow(
        long number,
        String title,
        String quarter,
        String category,
        String tone,
        String icon,
        String state,
        @Nullable Long costCents,
        long supports,
        boolean fits,
        long after,
        @Nullable Result resolution) {

    boolean isOpen() {
        return state.equals("published") || state.equals("postponed");
    }

    boolean hasCost() {
        return costCents != null;
    }

    BoardRow reckoned(boolean fits, long after) {
        return new BoardRow(
                number, title, quarter, category, tone, icon, state, costCents, supports, fits, after, resolution);
    }

    /**
     * What the public reads of a resolution.
     *
     * @param deputy recorded by somebody who stood in for the chair
     */
    @Introspected
    record Result(
            String kind,
            long amountCents,
            String reason,
            int yes,
            int no,
            int abstentions,
            int seats,
            int quorum,
            boolean statementGiven,
            LocalDate decidedOn,
            boolean deputy) {}
}
