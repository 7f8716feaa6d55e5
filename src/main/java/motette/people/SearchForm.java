package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import motette.shared.Problems;

/**
 * Whom the administration looks for. Sent as a form, never in an address, so that no name and no address stands in a log.
 *
 * @param name  part of a pseudonym
 * @param email a whole address
 * @param role  key of a role
 * @param scope key of an area or body
 */
@Introspected
record SearchForm(String name, String email, String role, String scope) {

    static final int SHORTEST_NAME = 3;

    static final SearchForm EMPTY = new SearchForm("", "", "", "");

    static SearchForm of(Map<String, String> sent) {
        return new SearchForm(
                sent.getOrDefault("name", "").strip(),
                sent.getOrDefault("email", "").strip(),
                sent.getOrDefault("role", ""),
                sent.getOrDefault("scope", ""));
    }

    /** Something must be said: there is no list of everybody. */
    Problems problems() {
        var problems = Problems.none();
        if (name.isEmpty() && email.isEmpty() && role.isEmpty() && scope.isEmpty()) {
            problems.add("name", "people.problem.search");
        } else if (!name.isEmpty() && name.codePointCount(0, name.length()) < SHORTEST_NAME) {
            problems.add("name", "people.problem.search.short", SHORTEST_NAME);
        }
        if (!email.isEmpty() && EmailAddress.of(email).isEmpty()) {
            problems.add("email", "people.problem.search.email");
        }
        return problems;
    }
}
