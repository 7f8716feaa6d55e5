package motette.budgets;

import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import motette.bodies.BodyLinks;
import motette.shared.Message;
import motette.shared.Money;

/** The budgets of the year on the page of a body, one of each fund. */
@Singleton
final class BudgetsOfBody implements BodyLinks {

    private final Budgets budgets;

    BudgetsOfBody(Budgets budgets) {
        this.budgets = budgets;
    }

    @Override
    public List<BodyLink> of(String bodyKey, LocalDate day) {
        return budgets.allOf(bodyKey, day.getYear()).stream()
                .map(budget -> new BodyLink(
                        budget.isOpen()
                                ? Message.of(
                                        "budgets.of-body",
                                        budget.fundName(),
                                        String.valueOf(budget.year()),
                                        new Money(budget.accounts().available()),
                                        new Money(budget.accounts().appropriated()))
                                : Message.of(
                                        "budgets.of-body.closed", budget.fundName(), String.valueOf(budget.year())),
                        budget.path()))
                .toList();
    }
}
