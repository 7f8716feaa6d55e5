package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import motette.shared.Problems;

/** What is typed in the room beside motions. */
@Introspected
record RoomForm(
        String requestId,
        String mode,
        String yes,
        String no,
        String abstentions,
        String reason,
        String outcome,
        String note) {

    static final List<String> MODES = List.of("open", "names", "count", "secret");

    /** With what a member is biased (SächsGemO § 20 (1)). */
    static final List<String> GROUNDS = List.of("self", "relative", "represented", "employer", "function", "other");

    static final List<String> CHOICES = List.of("yes", "no", "abstention");

    private static final int LONGEST_NOTE = 2000;
    private static final int LONGEST_REASON = 500;
    private static final int SHORTEST_REASON = 10;

    static RoomForm empty() {
        return new RoomForm(UUID.randomUUID().toString(), "open", "", "", "", "", "", "");
    }

    static RoomForm of(Map<String, String> fields) {
        return new RoomForm(
                text(fields, "request_id", 40),
                text(fields, "mode", 10),
                text(fields, "yes", 5),
                text(fields, "no", 5),
                text(fields, "abstentions", 5),
                text(fields, "reason", 2 * LONGEST_NOTE),
                text(fields, "outcome", 20),
                text(fields, "note", 2 * LONGEST_NOTE));
    }

    Optional<UUID> request() {
        return uuid(requestId);
    }

    /** The count as typed; with problems where it is none, or does not add up to the voters. */
    Optional<Vote> count(int voters, Problems problems) {
        var counted = List.of(
                number(yes, "yes", problems), number(no, "no", problems), number(abstentions, "abstentions", problems));
        if (problems.isEmpty()) {
            var vote = new Vote(
                    counted.get(0).getAsInt(),
                    counted.get(1).getAsInt(),
                    counted.get(2).getAsInt());
            if (vote.present() == voters) {
                return Optional.of(vote);
            }
            problems.add("yes", "room.problem.sum", vote.present(), voters);
        }
        return Optional.empty();
    }

    private static OptionalInt number(String typed, String field, Problems problems) {
        var number = ResolutionForm.votes(typed);
        if (number.isEmpty()) {
            problems.add(field, "council.problem." + field);
        }
        return number;
    }

    /** Why a vote is void. */
    Problems voiding() {
        var problems = Problems.none();
        if (SessionForm.length(reason) < SHORTEST_REASON) {
            problems.add("reason", "room.problem.void");
        } else if (SessionForm.length(reason) > LONGEST_REASON) {
            problems.add("reason", "sessions.problem.reason.long", LONGEST_REASON);
        }
        return problems;
    }

    /** Why something is declined. */
    Problems declining(boolean asked) {
        var problems = Problems.none();
        int length = SessionForm.length(reason);
        if (asked && length < SHORTEST_REASON) {
            problems.add("reason", "council.problem.reason-short");
        } else if (length > LONGEST_NOTE) {
            problems.add("reason", "council.problem.reason-long", length - LONGEST_NOTE);
        }
        return problems;
    }

    Problems ending() {
        var problems = Problems.none();
        if (SessionForm.length(note) > LONGEST_NOTE) {
            problems.add("note", "sessions.problem.reason.long", LONGEST_NOTE);
        }
        return problems;
    }

    static Optional<UUID> uuid(String typed) {
        return typed.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(typed))
                : Optional.empty();
    }

    static String text(Map<String, String> fields, String name, int longest) {
        var text = fields.getOrDefault(name, "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
