package motette.site;

import io.micronaut.core.annotation.Introspected;
import motette.budgets.Accounts;

/**
 * A district and how its year is going.
 *
 * @param fundKey      the fund its council decides on; empty where there is none
 * @param closesOn     month and day after which new ideas count for the next year; empty: none
 * @param open         its council has a budget this year
 * @param ideas        public ideas in all its quarters
 * @param councilIdeas public ideas on which its council decides, so without its communities
 * @param funded       of these, granted whole or in part
 * @param waiting      of these, not decided yet
 */
@Introspected
record DistrictRow(
        String key,
        String slug,
        String name,
        String bodyKey,
        String bodyName,
        String fundKey,
        String closesOn,
        int year,
        boolean open,
        Accounts money,
        long ideas,
        long councilIdeas,
        long funded,
        long waiting) {

    String budgetPath() {
        return "/budgets/" + fundKey + "/" + bodyKey + "/" + year;
    }
}
