package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Money;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A motion on which members are to be asked in writing, as it is typed.
 *
 * @param matter "idea:12" or "application:3"
 * @param simple why it is a matter of a simple kind
 */
@Introspected
record CirculationForm(
        String requestId, String matter, String amount, String wording, String reason, String simple, String endsOn) {

    static final int SHORTEST_DAYS = 3;
    static final int LONGEST_DAYS = 30;
    private static final int USUAL_DAYS = 7;
    private static final int SHORTEST = 10;
    private static final int LONGEST = 2000;
    private static final int LONGEST_SIMPLE = 1000;

    static CirculationForm of(Map<String, String> fields) {
        return new CirculationForm(
                RoomForm.text(fields, "request_id", 40),
                RoomForm.text(fields, "matter", 40),
                RoomForm.text(fields, "amount", 20),
                RoomForm.text(fields, "wording", 2 * LONGEST),
                RoomForm.text(fields, "reason", 2 * LONGEST),
                RoomForm.text(fields, "simple", 2 * LONGEST_SIMPLE),
                RoomForm.text(fields, "ends_on", 10));
    }

    static CirculationForm fresh(LocalDate today) {
        return new CirculationForm(
                UUID.randomUUID().toString(),
                "",
                "",
                "",
                "",
                "",
                today.plusDays(USUAL_DAYS).toString());
    }

    Optional<UUID> request() {
        return RoomForm.uuid(requestId);
    }

    Optional<Long> idea() {
        return matter.startsWith("idea:") ? Addresses.number(matter.substring(5)) : Optional.empty();
    }

    Optional<Long> application() {
        return matter.startsWith("application:") ? Addresses.number(matter.substring(12)) : Optional.empty();
    }

    Optional<LocalDate> lastDay() {
        try {
            return Optional.of(LocalDate.parse(endsOn));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** What is granted: the typed sum, or the cost in full where none is typed. */
    Money sum(Money asked) {
        return amount.isEmpty() ? asked : Money.parse(amount).orElse(Money.ZERO);
    }

    /** @param asked of the fund; null where nothing that waits was chosen */
    Problems problems(@Nullable Money asked, LocalDate today) {
        var problems = Problems.none();
        if (asked == null) {
            problems.add("matter", "circulation.problem.matter");
        } else if (sum(asked).isZero()) {
            problems.add("amount", "council.problem.amount");
        } else if (!asked.isZero() && sum(asked).compareTo(asked) > 0) {
            problems.add("amount", "selection.problem.amount", asked);
        }
        words(problems, "wording", wording, LONGEST, "room.problem.wording");
        words(problems, "reason", reason, LONGEST, "council.problem.reason-short");
        words(problems, "simple", simple, LONGEST_SIMPLE, "circulation.problem.simple");
        var first = today.plusDays(SHORTEST_DAYS);
        var last = today.plusDays(LONGEST_DAYS);
        if (lastDay().filter(day -> !day.isBefore(first) && !day.isAfter(last)).isEmpty()) {
            problems.add("ends_on", "circulation.problem.day", first, last);
        }
        return problems;
    }

    private static void words(Problems problems, String field, String words, int longest, String missing) {
        int length = SessionForm.length(words);
        if (length < SHORTEST) {
            problems.add(field, missing);
        } else if (length > longest) {
            problems.add(field, "council.problem.reason-long", length - longest);
        }
    }
}
