package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import motette.people.EmailAddress;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.Time;

/**
 * A block as it was typed.
 *
 * @param until last day of the block, as 2027-03-31; empty for one without an end
 */
@Introspected
record BlockForm(String email, String reason, String until) {

    static final int SHORTEST_REASON = 10;
    static final int LONGEST_REASON = 500;

    static final BlockForm EMPTY = new BlockForm("", "", "");

    static BlockForm of(Map<String, String> sent) {
        return new BlockForm(
                sent.getOrDefault("email", "").strip(),
                Reason.of(sent),
                sent.getOrDefault("until", "").strip());
    }

    Problems problems(Clock clock) {
        var problems = Problems.none();
        if (EmailAddress.of(email).isEmpty()) {
            problems.add("email", "blocked.problem.email");
        }
        if (!isReason(reason)) {
            problems.add("reason", "blocked.problem.reason", SHORTEST_REASON, LONGEST_REASON);
        }
        if (!until.isEmpty()
                && lastDay().filter(day -> !day.isBefore(LocalDate.now(clock))).isEmpty()) {
            problems.add("until", "blocked.problem.until");
        }
        return problems;
    }

    static boolean isReason(String typed) {
        return Reason.fits(typed, SHORTEST_REASON, LONGEST_REASON);
    }

    /** The first instant after the last day, Europe/Berlin; empty for a block without an end. */
    Optional<Instant> end() {
        return lastDay().map(day -> day.plusDays(1).atStartOfDay(Time.ZONE).toInstant());
    }

    private Optional<LocalDate> lastDay() {
        try {
            return until.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(until));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
