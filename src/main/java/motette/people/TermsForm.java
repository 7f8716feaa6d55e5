package motette.people;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/**
 * A list of terms as it was sent. It travels with the preview and is kept nowhere.
 *
 * @param text the list as CSV
 * @param seen fingerprint of the preview that was confirmed; empty before there is one
 */
@Introspected
record TermsForm(String text, String reason, String seen) {

    static final TermsForm EMPTY = new TermsForm("", "", "");

    Problems problems() {
        var problems = Problems.none();
        if (text.isBlank()) {
            problems.add("list", "people.terms.problem.empty");
        }
        GrantForm.reason(reason, problems);
        return problems;
    }
}
