package motette.residence;

import jakarta.inject.Singleton;
import java.util.Map;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;

/** Who works on letters, cases and extracts today, asked of the running terms. */
@Singleton
class Staff {

    private static final int LONGEST_REASON = 1_000;
    private static final int SHORTEST_REASON = 5;

    private final Roles roles;

    Staff(Roles roles) {
        this.roles = roles;
    }

    /** Only officers and administrators go on. */
    void refuseOthers(Visitor visitor) {
        if (!roles.holds(visitor.personId(), RoleName.OFFICER, "")
                && !roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")) {
            throw new Refused(Refusal.of("residence.refused.no-term"));
        }
    }

    /** Only administrators go on. */
    void refuseAllButAdministrators(Visitor visitor) {
        if (!roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")) {
            throw new Refused(Refusal.of("residence.refused.no-term"));
        }
    }

    static String reason(Map<String, String> sent) {
        return sent.getOrDefault("reason", "").replaceAll("\\p{Cc}+", " ").strip();
    }

    static Problems problems(String reason) {
        var problems = Problems.none();
        if (reason.length() < SHORTEST_REASON) {
            problems.add("reason", "residence.problem.reason");
        } else if (reason.length() > LONGEST_REASON) {
            problems.add("reason", "residence.problem.long", LONGEST_REASON);
        }
        return problems;
    }
}
