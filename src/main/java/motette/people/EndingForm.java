package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.Map;
import motette.shared.Problems;
import motette.shared.Reason;

/**
 * The end of a role as it was asked for.
 *
 * @param lastDay yyyy-mm-dd; empty for at once
 */
@Introspected
record EndingForm(String lastDay, String reason) {

    static final EndingForm EMPTY = new EndingForm("", "");

    static EndingForm of(Map<String, String> sent) {
        return new EndingForm(sent.getOrDefault("last_day", "").strip(), Reason.of(sent));
    }

    Problems problems(LocalDate today) {
        var problems = Problems.none();
        if (!lastDay.isEmpty()) {
            var day = GrantForm.day(lastDay);
            if (day.isEmpty()) {
                problems.add("last_day", "people.problem.day");
            } else if (day.get().isBefore(today)) {
                problems.add("last_day", "people.problem.past");
            }
        }
        GrantForm.reason(reason, problems);
        return problems;
    }
}
