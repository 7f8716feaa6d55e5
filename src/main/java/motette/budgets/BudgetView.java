package motette.budgets;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fund gives a body in a year, and where that money is.
 *
 * @param id          0 where the budget is not open: its year has not come, or its sum is not established
 * @param per         what the rate is multiplied by: body, inhabitant, city
 * @param rateCents   0 where no rate holds on 1 January of the year
 * @param rateDefault true where the rate is a default of ours and no figure of the city
 * @param population  inhabitants of the community; null outside communities and where no figure exists
 * @param years       the years whose budgets of this fund and body are open
 */
@Introspected
public record BudgetView(
        long id,
        String fundKey,
        String fundName,
        String bodyKey,
        String bodyName,
        String bodyKind,
        int year,
        Accounts accounts,
        String per,
        long rateCents,
        String source,
        boolean rateDefault,
        @Nullable Integer population,
        List<Integer> years) {

    public boolean isOpen() {
        return id != 0;
    }

    public String path() {
        return "/budgets/" + fundKey + "/" + bodyKey + "/" + year;
    }
}
