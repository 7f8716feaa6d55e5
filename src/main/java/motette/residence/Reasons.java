package motette.residence;

import java.util.Map;
import motette.shared.Problems;
import motette.shared.Reason;

/** The reason that staff gives for a deed, as typed. */
final class Reasons {

    private static final int LONGEST_REASON = 1_000;
    private static final int SHORTEST_REASON = 5;

    private Reasons() {}

    static String reason(Map<String, String> sent) {
        return sent.getOrDefault("reason", "").replaceAll("\\p{Cc}+", " ").strip();
    }

    static Problems problems(String reason) {
        var problems = Problems.none();
        if (Reason.isShorter(reason, SHORTEST_REASON)) {
            problems.add("reason", "residence.problem.reason");
        } else if (Reason.isLonger(reason, LONGEST_REASON)) {
            problems.add("reason", "residence.problem.long", LONGEST_REASON);
        }
        return problems;
    }
}
