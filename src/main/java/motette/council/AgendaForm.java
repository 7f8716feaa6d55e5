package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import java.util.Optional;
import motette.shared.Problems;

/**
 * What is put on an agenda, and why something is taken off it or sent late, as it was typed.
 *
 * @param idea    number of an idea; empty for an item with a title of its own
 * @param secrecy empty for a public item
 */
@Introspected
record AgendaForm(String idea, String title, boolean closed, String secrecy, String urgency, String reason) {

    private static final int LONGEST_TITLE = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    static AgendaForm empty() {
        return new AgendaForm("", "", false, "", "", "");
    }

    static AgendaForm of(Map<String, String> fields) {
        return new AgendaForm(
                text(fields, "idea", 20),
                text(fields, "title", 2 * LONGEST_TITLE).replaceAll("\\s+", " "),
                !text(fields, "closed", 5).isEmpty(),
                text(fields, "secrecy", 2 * LONGEST_REASON),
                text(fields, "urgency", 2 * LONGEST_REASON),
                text(fields, "reason", 2 * LONGEST_REASON));
    }

    Optional<Long> ideaNumber() {
        return Addresses.number(idea);
    }

    /** @param late whether the members have been invited already */
    Problems problems(boolean late) {
        var problems = Problems.none();
        if (idea.isEmpty() && SessionForm.length(title) < 3) {
            problems.add("title", "agenda.problem.title");
        } else if (idea.isEmpty() && SessionForm.length(title) > LONGEST_TITLE) {
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

    private static String text(Map<String, String> fields, String name, int longest) {
        var text = fields.getOrDefault(name, "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
