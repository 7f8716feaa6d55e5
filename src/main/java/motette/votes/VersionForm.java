package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import motette.shared.Money;
import motette.shared.Problems;

/** A later version of what stands on the ballot, as typed. */
@Introspected
record VersionForm(String title, String description, String cost, String reason) {

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 5000;

    static VersionForm of(Map<String, String> sent) {
        return new VersionForm(
                Typed.line(sent, "title"),
                Typed.text(sent, "description"),
                Typed.line(sent, "cost"),
                Typed.line(sent, "reason"));
    }

    static VersionForm of(Candidate candidate) {
        return new VersionForm(
                candidate.title(), candidate.description(), new Money(candidate.costCents()).typed(), "");
    }

    /** @param budgetCents the money of its district: nothing dearer can win */
    Problems problems(long budgetCents) {
        var problems = Problems.none();
        if (title.isEmpty() || title.length() > LONGEST_TITLE) {
            problems.add("title", "votes.desk.problem.title", 1L, (long) LONGEST_TITLE);
        }
        if (description.isEmpty() || description.length() > LONGEST_TEXT) {
            problems.add("description", "votes.desk.problem.text", (long) LONGEST_TEXT);
        }
        var money = Money.parse(cost);
        if (money.filter(amount -> !amount.isZero()).isEmpty()) {
            problems.add("cost", "votes.desk.problem.cost");
        } else if (money.get().cents() > budgetCents) {
            problems.add("cost", "votes.desk.problem.dear", new Money(budgetCents));
        }
        Typed.reason(reason)
                .list()
                .forEach(problem -> problems.add(
                        problem.getKey(),
                        problem.getValue().key(),
                        problem.getValue().args().toArray()));
        return problems;
    }

    boolean changes(Candidate candidate) {
        return !title.equals(candidate.title())
                || !description.equals(candidate.description())
                || Money.parse(cost)
                        .filter(money -> money.cents() == candidate.costCents())
                        .isEmpty();
    }
}
