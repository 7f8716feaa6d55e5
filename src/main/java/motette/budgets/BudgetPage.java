package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Paging;

/**
 * One budget with its movements.
 *
 * @param current true in its fiscal year and before, while the body decides on it
 */
@Introspected
record BudgetPage(BudgetView budget, boolean current, List<Movement> movements, Paging paging) {}
