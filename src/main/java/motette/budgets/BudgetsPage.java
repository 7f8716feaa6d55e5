package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Money;

/**
 * Where the money of a year is.
 *
 * @param years     years to choose from
 * @param total     all open budgets together
 * @param perPerson what is free for every inhabitant of the city
 * @param deciding  open budgets whose body has decided on some of the money
 */
@Introspected
record BudgetsPage(
        int year, List<Integer> years, Accounts total, Money perPerson, int open, int deciding, List<Fund> funds) {

    /**
     * @param unknown bodies whose sum is not established, so that no budget is open
     */
    @Introspected
    record Fund(BudgetView first, Accounts total, List<BudgetView> budgets, List<String> unknown) {}
}
