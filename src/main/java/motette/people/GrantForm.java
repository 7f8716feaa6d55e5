package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import motette.shared.Problems;
import motette.shared.Reason;

/**
 * A role as it was asked for.
 *
 * @param role  key of the role
 * @param scope key of the area or body; empty for roles of the whole city
 * @param from  first day, yyyy-mm-dd
 * @param to    last day; empty while open
 */
@Introspected
record GrantForm(String role, String scope, String from, String to, String reason) {

    static final int SHORTEST_REASON = 5;
    static final int LONGEST_REASON = 500;

    static GrantForm fresh(LocalDate today) {
        return new GrantForm("", "", today.toString(), "", "");
    }

    static GrantForm of(Map<String, String> sent) {
        return new GrantForm(
                sent.getOrDefault("role", ""),
                sent.getOrDefault("scope", ""),
                sent.getOrDefault("from", "").strip(),
                sent.getOrDefault("to", "").strip(),
                Reason.of(sent));
    }

    Problems problems(Scopes scopes, LocalDate today) {
        var problems = Problems.none();
        var name = RoleName.find(role);
        if (name.isEmpty()) {
            problems.add("role", "people.problem.role");
        } else if (!scopes.fits(name.get(), scope)) {
            problems.add(
                    "scope",
                    name.get().actsOn().isEmpty() ? "people.problem.scope.none" : "people.problem.scope",
                    name.get().title());
        }
        var first = day(from);
        var last = day(to);
        if (first.isEmpty()) {
            problems.add("from", "people.problem.day");
        }
        if (!to.isEmpty() && last.isEmpty()) {
            problems.add("to", "people.problem.day");
        } else if (last.isPresent() && last.get().isBefore(first.orElse(today))) {
            problems.add("to", "people.problem.order");
        } else if (last.isPresent() && last.get().isBefore(today)) {
            problems.add("to", "people.problem.past");
        }
        reason(reason, problems);
        return problems;
    }

    static void reason(String reason, Problems problems) {
        if (Reason.isShorter(reason, SHORTEST_REASON)) {
            problems.add("reason", "people.problem.reason");
        } else if (Reason.isLonger(reason, LONGEST_REASON)) {
            problems.add("reason", "people.problem.reason.long", LONGEST_REASON);
        }
    }

    static Optional<LocalDate> day(String text) {
        try {
            return text.matches("[12]\\d{3}-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException no) {
            return Optional.empty();
        }
    }
}
