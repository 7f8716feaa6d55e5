package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import motette.budgets.BudgetView;
import motette.people.Standin;
import org.jspecify.annotations.Nullable;

/**
 * The board of a body for a year.
 *
 * @param years   years to choose from
 * @param chair   true for who chairs this body: rows lead to the form
 * @param compares true for who may see what the rules of allocation propose
 * @param standins who stands in for the chair at this moment
 * @param decided what has just been recorded; null otherwise
 */
@Introspected
record BoardPage(
        BudgetView budget,
        List<Integer> years,
        boolean chair,
        boolean compares,
        List<BoardRow> open,
        List<BoardRow> results,
        @Nullable BoardRow decided,
        List<Standin> standins) {

    static BoardPage of(
            BudgetView budget,
            List<Integer> years,
            boolean chair,
            boolean compares,
            List<BoardRow> rows,
            long decided,
            List<Standin> standins) {
        var results = rows.stream()
                .filter(row -> row.resolution() != null)
                .sorted((a, b) -> Objects.requireNonNull(b.resolution())
                        .decidedOn()
                        .compareTo(Objects.requireNonNull(a.resolution()).decidedOn()))
                .toList();
        return new BoardPage(
                budget,
                years,
                chair,
                compares,
                reckon(
                        rows.stream().filter(BoardRow::isOpen).toList(),
                        budget.accounts().available()),
                results,
                results.stream()
                        .filter(row -> row.number() == decided)
                        .findFirst()
                        .orElse(null),
                standins);
    }

    /** Goes down the list by support and says what the money would still be enough for. A sum, no proposal. */
    private static List<BoardRow> reckon(List<BoardRow> open, long available) {
        var reckoned = new ArrayList<BoardRow>();
        long left = available;
        for (var row : open) {
            long cost = row.costCents() == null ? 0 : row.costCents();
            boolean fits = cost <= left;
            left = fits ? left - cost : left;
            reckoned.add(row.reckoned(fits, fits ? left : cost - left));
        }
        return List.copyOf(reckoned);
    }

    String comparison() {
        return "/allocation/" + budget.bodyKey() + "/" + budget.year();
    }

    String path() {
        return "/council/" + budget.bodyKey() + "/" + budget.year();
    }
}
