package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import motette.shared.Problems;

/**
 * Which organisation holds a seat from a day on, as it was typed.
 *
 * @param label empty where none does any more
 */
@Introspected
record LabelForm(String requestId, String seat, String label, String from, String source) {

    private static final int LONGEST = 120;

    static LabelForm fresh(LocalDate today) {
        return new LabelForm(UUID.randomUUID().toString(), "", "", today.toString(), "");
    }

    static LabelForm of(Map<String, String> sent) {
        return new LabelForm(
                Typed.line(sent, "request_id"),
                Typed.line(sent, "label_seat"),
                Typed.line(sent, "label"),
                Typed.line(sent, "label_from"),
                Typed.line(sent, "label_source"));
    }

    /** @param seats that the body has */
    Problems problems(LocalDate today, int seats) {
        var problems = Problems.none();
        if (Typed.number(seat, 1, seats).isEmpty()) {
            problems.add("label_seat", "bodies.problem.number", 1, seats);
        }
        if (label.codePointCount(0, label.length()) > LONGEST) {
            problems.add("label", "bodies.problem.long", LONGEST);
        }
        var first = Typed.day(from);
        if (first.isEmpty()) {
            problems.add("label_from", "bodies.problem.day");
        } else if (first.get().isBefore(today)) {
            problems.add("label_from", "bodies.problem.past");
        }
        TermForm.source("label_source", source, problems);
        return problems;
    }

    int number() {
        return Typed.number(seat, 1, 200).orElseThrow();
    }

    LocalDate day() {
        return Typed.day(from).orElseThrow();
    }
}
