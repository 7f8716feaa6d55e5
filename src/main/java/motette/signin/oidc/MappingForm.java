package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.RoleScope;
import motette.shared.Problems;
import motette.shared.Reason;

/**
 * A mapping as it was asked for.
 *
 * @param role role and, where it has one, the area or body: "officer" or "chair:sbb-ost"
 * @param days as typed
 * @param from first day, yyyy-mm-dd
 * @param to   last day; empty while open
 */
@Introspected
record MappingForm(
        String provider, String claim, String value, String role, String days, String from, String to, String reason) {

    static final int SHORTEST_REASON = 5;
    static final int LONGEST_REASON = 500;
    static final int MOST_DAYS = 366;

    private static final int LONGEST_CLAIM = 120;
    private static final int LONGEST_VALUE = 200;

    static MappingForm fresh(LocalDate today) {
        return new MappingForm("", "", "", "", "30", today.toString(), "", "");
    }

    static MappingForm of(Map<String, String> sent) {
        return new MappingForm(
                sent.getOrDefault("provider", ""),
                sent.getOrDefault("claim", "").strip(),
                sent.getOrDefault("value", "").strip(),
                sent.getOrDefault("role", ""),
                sent.getOrDefault("days", "").strip(),
                sent.getOrDefault("from", "").strip(),
                sent.getOrDefault("to", "").strip(),
                Reason.of(sent));
    }

    /** What the person can mend, in the order of the fields. */
    Problems problems(Providers providers, List<RoleScope> scopes, LocalDate today) {
        var problems = Problems.none();
        if (providers.find(provider).isEmpty()) {
            problems.add("provider", "mappings.problem.provider");
        }
        if (claim.isEmpty() || claim.length() > LONGEST_CLAIM) {
            problems.add("claim", "mappings.problem.claim", LONGEST_CLAIM);
        }
        if (value.isEmpty() || value.length() > LONGEST_VALUE) {
            problems.add("value", "mappings.problem.value", LONGEST_VALUE);
        }
        if (RoleChoice.find(role, scopes).isEmpty()) {
            problems.add("role", "mappings.problem.role");
        }
        if (!days.matches("[1-9]\\d{0,2}") || Integer.parseInt(days) > MOST_DAYS) {
            problems.add("days", "mappings.problem.days", MOST_DAYS);
        }
        if (day(from).isEmpty()) {
            problems.add("from", "mappings.problem.day");
        }
        if (!to.isEmpty() && day(to).isEmpty()) {
            problems.add("to", "mappings.problem.day");
        } else if (day(to).filter(last -> last.isBefore(day(from).orElse(today)) || last.isBefore(today))
                .isPresent()) {
            problems.add("to", "mappings.problem.order");
        }
        reason(reason, problems);
        return problems;
    }

    static void reason(String reason, Problems problems) {
        if (!Reason.fits(reason, SHORTEST_REASON, LONGEST_REASON)) {
            problems.add("reason", "mappings.problem.reason", SHORTEST_REASON, LONGEST_REASON);
        }
    }

    RoleName roleName() {
        return RoleName.find(role.split(":", 2)[0]).orElseThrow();
    }

    String scope() {
        return role.contains(":") ? role.split(":", 2)[1] : "";
    }

    Optional<LocalDate> firstDay() {
        return day(from);
    }

    Optional<LocalDate> lastDay() {
        return day(to);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return text.matches("[12]\\d{3}-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException no) {
            return Optional.empty();
        }
    }
}
