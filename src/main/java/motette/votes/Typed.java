package motette.votes;

import java.util.Map;
import java.util.OptionalInt;
import motette.shared.Problems;

/** What somebody at the desk typed, cleaned of what no text has. */
final class Typed {

    static final int SHORTEST_REASON = 10;
    static final int LONGEST_REASON = 1000;

    private Typed() {}

    /** One line. */
    static String line(Map<String, String> sent, String name) {
        return sent.getOrDefault(name, "").replaceAll("\\p{Cc}+", " ").strip();
    }

    /** Several lines. */
    static String text(Map<String, String> sent, String name) {
        return sent.getOrDefault(name, "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
    }

    /** A whole number of few digits. */
    static OptionalInt number(String typed) {
        var digits = typed.replaceAll("[\\s.\\u00a0\\u202f]", "");
        return digits.matches("\\d{1,6}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    static Problems reason(String reason) {
        var problems = Problems.none();
        if (reason.length() < SHORTEST_REASON) {
            problems.add("reason", "votes.desk.problem.reason", (long) SHORTEST_REASON);
        } else if (reason.length() > LONGEST_REASON) {
            problems.add("reason", "votes.desk.problem.long", (long) LONGEST_REASON);
        }
        return problems;
    }
}
