package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Problems;

/**
 * What a paper is called, as it was typed, or why one is withdrawn.
 *
 * @param request chosen when the form was shown: sent twice, it attaches one paper
 * @param closed  whether only the body reads it
 */
@Introspected
record AgendaPaperForm(String request, String number, String title, boolean closed, String reason) {

    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_TITLE = 200;
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 1000;

    static AgendaPaperForm empty() {
        return new AgendaPaperForm(UUID.randomUUID().toString(), "", "", false, "");
    }

    static AgendaPaperForm of(Map<String, String> fields) {
        return new AgendaPaperForm(
                RoomForm.text(fields, "request", 36),
                RoomForm.text(fields, "number", 2 * LONGEST_NUMBER).replaceAll("\\s+", " "),
                RoomForm.text(fields, "title", 2 * LONGEST_TITLE).replaceAll("\\s+", " "),
                !RoomForm.text(fields, "closed", 5).isEmpty(),
                RoomForm.text(fields, "reason", 2 * LONGEST_REASON));
    }

    /** Empty where the form did not come from this house. */
    Optional<UUID> id() {
        return uuid(request);
    }

    static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    Problems problems() {
        var problems = Problems.none();
        if (SessionForm.length(number) > LONGEST_NUMBER) {
            problems.add("number", "paper.problem.number.long", LONGEST_NUMBER);
        }
        if (SessionForm.length(title) < 3) {
            problems.add("title", "agenda.paper.problem.title");
        } else if (SessionForm.length(title) > LONGEST_TITLE) {
            problems.add("title", "agenda.problem.title.long", LONGEST_TITLE);
        }
        return problems;
    }

    Problems withdrawal() {
        var problems = Problems.none();
        if (SessionForm.length(reason) < SHORTEST_REASON) {
            problems.add("reason", "agenda.paper.problem.reason");
        } else if (SessionForm.length(reason) > LONGEST_REASON) {
            problems.add("reason", "sessions.problem.reason.long", LONGEST_REASON);
        }
        return problems;
    }
}
