package motette.allocation;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.budgets.BudgetView;

/**
 * Recorded runs of a body for a year.
 *
 * @param kept      number of the run that has just been recorded; empty otherwise
 * @param recompute true for who may have the inputs
 */
@Introspected
record RunsPage(BudgetView budget, String path, List<Run> runs, String kept, boolean recompute) {

    static RunsPage of(BudgetView budget, List<Run> runs, String kept, boolean recompute) {
        return new RunsPage(
                budget,
                Subject.supports(budget.bodyKey(), budget.year()).path(),
                runs,
                runs.stream().anyMatch(run -> String.valueOf(run.id()).equals(kept)) ? kept : "",
                recompute);
    }

    String board() {
        return "/council/" + budget.bodyKey() + "/" + budget.year();
    }
}
