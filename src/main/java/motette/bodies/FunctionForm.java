package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import motette.shared.Problems;

/** A function as it was typed. */
@Introspected
record FunctionForm(String organisation, String kind, String from, String to, boolean released) {

    static final List<String> KINDS = List.of("board", "employee", "member", "adviser", "owner", "other");

    private static final int SHORTEST = 2;
    private static final int LONGEST = 160;

    static final FunctionForm EMPTY = new FunctionForm("", "", "", "", false);

    static FunctionForm of(Map<String, String> sent) {
        return new FunctionForm(
                Typed.line(sent, "organisation"),
                Typed.line(sent, "kind"),
                Typed.line(sent, "from"),
                Typed.line(sent, "to"),
                sent.containsKey("released"));
    }

    Problems problems(LocalDate today) {
        var problems = Problems.none();
        int length = organisation.codePointCount(0, organisation.length());
        if (length < SHORTEST || length > LONGEST) {
            problems.add("organisation", "bodies.problem.organisation", LONGEST);
        }
        if (!KINDS.contains(kind)) {
            problems.add("kind", "bodies.problem.kind");
        }
        var first = Typed.day(from);
        var last = Typed.day(to);
        if (first.isEmpty()) {
            problems.add("from", "bodies.problem.day");
        } else if (first.get().isAfter(today)) {
            problems.add("from", "bodies.problem.ahead");
        }
        if (!to.isEmpty() && last.isEmpty()) {
            problems.add("to", "bodies.problem.day");
        } else if (last.isPresent() && last.get().isBefore(first.orElse(last.get()))) {
            problems.add("to", "bodies.problem.order");
        }
        return problems;
    }
}
