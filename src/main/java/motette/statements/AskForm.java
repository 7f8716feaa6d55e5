package motette.statements;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Problems;
import motette.shared.Reason;

/**
 * Whom the administration asks, what, and how long they have.
 *
 * @param days working days, as typed
 */
@Introspected
record AskForm(String sendId, List<String> offices, String question, String days) {

    static final int MOST_DAYS = 120;

    static AskForm fresh(int days) {
        return new AskForm(UUID.randomUUID().toString(), List.of(), "", String.valueOf(days));
    }

    static AskForm of(Map<String, String> sent) {
        return new AskForm(
                Sent.text(sent, "send_id"),
                sent.keySet().stream()
                        .filter(name -> name.matches("office-[a-z-]+"))
                        .map(name -> name.substring("office-".length()))
                        .sorted()
                        .toList(),
                Sent.text(sent, "question"),
                Sent.text(sent, "days"));
    }

    Optional<UUID> send() {
        return Sent.uuid(sendId);
    }

    Optional<Integer> workingDays() {
        return Sent.number(Map.of("days", days), "days", 1, MOST_DAYS);
    }

    boolean asks(String office) {
        return offices.contains(office);
    }

    /** @param known keys of the offices there are */
    Problems problems(List<String> known) {
        var problems = Problems.none();
        if (offices.isEmpty() || !known.containsAll(offices)) {
            problems.add("offices", "statements.problem.offices");
        }
        if (!Reason.fits(question, 1, 2000)) {
            problems.add("question", "statements.problem.length", 1, 2000);
        }
        if (workingDays().isEmpty()) {
            problems.add("days", "statements.problem.days", MOST_DAYS);
        }
        return problems;
    }
}
