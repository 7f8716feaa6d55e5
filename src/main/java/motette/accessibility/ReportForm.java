package motette.accessibility;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import motette.people.EmailAddress;
import motette.shared.Problems;

/**
 * A report as it was typed.
 *
 * @param email empty when no answer is wanted
 */
@Introspected
record ReportForm(String page, String problem, String email) {

    static final int LONGEST_PAGE = 300;
    static final int LONGEST_TEXT = 4000;

    static final ReportForm EMPTY = new ReportForm("", "", "");

    static ReportForm of(Map<String, String> sent) {
        return new ReportForm(
                sent.getOrDefault("page", "").strip(),
                sent.getOrDefault("problem", "").replace("\r\n", "\n").strip(),
                sent.getOrDefault("email", "").strip());
    }

    Problems problems() {
        var problems = Problems.none();
        if (!fits(page, LONGEST_PAGE)) {
            problems.add("page", "barrier.problem.page", LONGEST_PAGE);
        }
        if (!fits(problem, LONGEST_TEXT)) {
            problems.add("problem", "barrier.problem.text", LONGEST_TEXT);
        }
        if (!email.isEmpty() && EmailAddress.of(email).isEmpty()) {
            problems.add("email", "sign-in.problem.email");
        }
        return problems;
    }

    static boolean fits(String typed, int longest) {
        return !typed.isEmpty() && typed.codePointCount(0, typed.length()) <= longest;
    }
}
