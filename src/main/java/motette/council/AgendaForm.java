package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import java.util.Optional;
import motette.shared.Problems;

/**
 * What is put on an agenda, and why something is taken off it or sent late, as it was typed.
 *
 * @param matter  "idea:12" or "application:3"; empty for an item with a title of its own
 * @param secrecy empty for a public item
 */
@Introspected
record AgendaForm(String matter, String title, boolean closed, String secrecy, String urgency, String reason) {

    private static final int LONGEST_TITLE = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    static AgendaForm empty() {
        return new AgendaForm("", "", false, "", "", "");
    }

    static AgendaForm of(Map<String, String> fields) {
        return new AgendaForm(
                RoomForm.text(fields, "matter", 40),
                RoomForm.text(fields, "title", 2 * LONGEST_TITLE).replaceAll("\\s+", " "),
                !RoomForm.text(fields, "closed", 5).isEmpty(),
                RoomForm.text(fields, "secrecy", 2 * LONGEST_REASON),
                RoomForm.text(fields, "urgency", 2 * LONGEST_REASON),
                RoomForm.text(fields, "reason", 2 * LONGEST_REASON));
    }

    Optional<Long> application() {
        return matter.startsWith("application:") ? Addresses.number(matter.substring(12)) : Optional.empty();
    }

    Optional<Long> idea() {
        return matter.startsWith("idea:") ? Addresses.number(matter.substring(5)) : Optional.empty();
    }

    /** @param late whether the members have been invited already */
    Problems problems(boolean late) {
        var problems = Problems.none();
        if (matter.isEmpty() && SessionForm.length(title) < 3) {
            problems.add("title", "agenda.problem.title");
        } else if (matter.isEmpty() && SessionForm.length(title) > LONGEST_TITLE) {
            problems.add("title", "agenda.problem.title.long", LONGEST_TITLE);
        }
        if (closed) {
            because(problems, "secrecy", secrecy, "agenda.problem.secrecy");
        }
        if (late) {
            because(problems, "urgency", urgency, "agenda.problem.urgency");
        }
        return problems;
    }

    Problems removal() {
        return because(Problems.none(), "reason", reason, "agenda.problem.removal");
    }

    Problems shortNotice() {
        return because(Problems.none(), "urgency", urgency, "agenda.problem.notice");
    }

    private static Problems because(Problems problems, String field, String words, String missing) {
        if (SessionForm.length(words) < SHORTEST_REASON) {
            problems.add(field, missing);
        } else if (SessionForm.length(words) > LONGEST_REASON) {
            problems.add(field, "sessions.problem.reason.long", LONGEST_REASON);
        }
        return problems;
    }
}
