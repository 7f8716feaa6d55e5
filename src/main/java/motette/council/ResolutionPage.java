package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.budgets.BudgetView;
import motette.shared.Problems;
import motette.statements.Given;

/**
 * The form for a resolution on an idea.
 *
 * @param asksStatement false where no amount above the limit can be granted, so that nobody has to be asked
 * @param given         what the administration said of the idea
 */
@Introspected
record ResolutionPage(
        BudgetView budget,
        Candidate idea,
        Procedure procedure,
        boolean asksStatement,
        Given given,
        ResolutionForm form,
        Problems problems) {

    static ResolutionPage of(
            BudgetView budget,
            Candidate idea,
            Procedure procedure,
            Given given,
            ResolutionForm form,
            Problems problems) {
        boolean asks = idea.knownCost() == 0
                || idea.knownCost() > procedure.withoutStatement().cents();
        return new ResolutionPage(budget, idea, procedure, asks, given, form, problems);
    }

    String board() {
        return "/council/" + budget.bodyKey() + "/" + budget.year();
    }

    String action() {
        return board() + "/ideas/" + idea.number() + "/resolution";
    }
}
