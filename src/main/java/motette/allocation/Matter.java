package motette.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import motette.allocation.rules.Election;
import motette.budgets.BudgetView;
import motette.ideas.OpenIdea;

/**
 * What is to be decided, and who wants what, at one instant: everything the pages and the runs reckon with. They do not know
 * where the ballots come from.
 *
 * @param budget   the money; its available part is the budget of the election
 * @param ideas    one per project of the election, same index; all have a cost
 * @param people   the voters of the election by the quarter they say to live in
 * @param unpriced ideas without a cost, with which no rule can reckon
 * @param told     what a published file says of the election besides its figures, in the order of the file
 */
record Matter(
        Subject subject,
        BudgetView budget,
        Election election,
        List<OpenIdea> ideas,
        List<People> people,
        List<OpenIdea> unpriced,
        Map<String, String> told) {

    /**
     * Voters with the same ballot and the same home.
     *
     * @param home     name of a quarter; empty where none is said
     * @param projects indices, ascending
     */
    record People(String home, List<Integer> projects, long count) {}

    Matter with(Election other) {
        return new Matter(subject, budget, other, ideas, people, unpriced, told);
    }

    /** With one more thing that a published file says. */
    Matter told(String name, String text) {
        var more = new LinkedHashMap<>(told);
        more.put(name, text);
        return new Matter(subject, budget, election, ideas, people, unpriced, more);
    }
}
