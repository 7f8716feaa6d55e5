package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Money;
import motette.shared.Problems;
import motette.shared.Reason;

/** What an office typed as its answer. */
@Introspected
record AnswerForm(
        String sendId,
        int version,
        String feasibility,
        String competence,
        String ownership,
        String running,
        String estimate,
        String estimateReason,
        String said) {

    static final List<String> FEASIBILITIES = List.of("yes", "conditions", "no");
    static final List<String> COMPETENCES = List.of("city", "district", "state", "private");
    static final List<String> OWNERSHIPS = List.of("city", "public", "private", "mixed", "none");

    private static final long MOST_CENTS = 100_000_000_000L;

    static AnswerForm fresh() {
        return new AnswerForm(UUID.randomUUID().toString(), 1, "", "city", "city", "0", "", "", "");
    }

    /** To correct what was said: a further version. */
    static AnswerForm from(Answer answer) {
        return new AnswerForm(
                UUID.randomUUID().toString(),
                answer.version() + 1,
                answer.feasibility(),
                answer.competence(),
                answer.ownership(),
                new Money(answer.runningCents()).typed(),
                new Money(answer.estimateCents()).typed(),
                answer.estimateReason(),
                answer.said());
    }

    static AnswerForm of(Map<String, String> sent) {
        return new AnswerForm(
                Sent.text(sent, "send_id"),
                Sent.number(sent, "version", 1, 1000).orElse(0),
                Sent.text(sent, "feasibility"),
                Sent.text(sent, "competence"),
                Sent.text(sent, "ownership"),
                Sent.text(sent, "running"),
                Sent.text(sent, "estimate"),
                Sent.text(sent, "estimate-reason"),
                Sent.text(sent, "said"));
    }

    Optional<UUID> send() {
        return Sent.uuid(sendId);
    }

    Optional<Money> runningMoney() {
        return money(running);
    }

    Optional<Money> estimateMoney() {
        return money(estimate);
    }

    Problems problems() {
        var problems = Problems.none();
        if (!FEASIBILITIES.contains(feasibility)) {
            problems.add("feasibility", "statements.problem.choose");
        }
        if (!COMPETENCES.contains(competence)) {
            problems.add("competence", "statements.problem.choose");
        }
        if (!OWNERSHIPS.contains(ownership)) {
            problems.add("ownership", "statements.problem.choose");
        }
        if (estimateMoney().isEmpty()) {
            problems.add("estimate", "statements.problem.money");
        }
        if (!Reason.fits(estimateReason, 10, 2000)) {
            problems.add("estimate-reason", "statements.problem.length", 10, 2000);
        }
        if (runningMoney().isEmpty()) {
            problems.add("running", "statements.problem.money");
        }
        if (!Reason.fits(said, 20, 8000)) {
            problems.add("said", "statements.problem.length", 20, 8000);
        }
        return problems;
    }

    private static Optional<Money> money(String typed) {
        return Money.parse(typed).filter(money -> money.cents() <= MOST_CENTS);
    }
}
