package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.budgets.BudgetView;

/**
 * Recorded runs of a body for a year.
 *
 * @param more      true where there are earlier ones than those shown
 * @param kept      number of the run that has just been recorded; empty otherwise
 * @param recompute true for who may have the inputs
 */
@Introspected
record RunsPage(BudgetView budget, String path, List<Run> runs, boolean more, String kept, boolean recompute) {

    /** So many are shown. */
    static final int MOST = 100;

    /** @param runs the latest first; those beyond {@link #MOST} are left out */
    static RunsPage of(BudgetView budget, List<Run> runs, String kept, boolean recompute) {
        return new RunsPage(
                budget,
                Subject.supports(budget.bodyKey(), budget.year()).path(),
                runs.stream().limit(MOST).toList(),
                runs.size() > MOST,
                runs.stream().anyMatch(run -> String.valueOf(run.id()).equals(kept)) ? kept : "",
                recompute);
    }

    String board() {
        return "/council/" + budget.bodyKey() + "/" + budget.year();
    }
}
