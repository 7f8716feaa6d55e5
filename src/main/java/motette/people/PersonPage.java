package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.shared.Problems;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * One person with roles and terms.
 *
 * @param email       masked; empty where there is none
 * @param ungranted   why no role can be granted; null where one can
 * @param unchanging  why nothing can be changed at all; null for the administration
 * @param ended       the term whose ending came back; 0 otherwise
 * @param said        what was just done: granted, ended or nothing
 */
@Introspected
record PersonPage(
        long id,
        String pseudonym,
        String email,
        List<Term> terms,
        List<Standin> standins,
        @Nullable Refusal unchanging,
        @Nullable Refusal ungranted,
        GrantForm form,
        EndingForm ending,
        long ended,
        Problems problems,
        String said,
        List<String> roles,
        List<PeoplePage.ScopeGroup> scopes) {

    /**
     * @param state   runs, ahead, over or void
     * @param unended why it cannot be ended now; null where it can
     */
    @Introspected
    record Term(
            RoleTerm term,
            String role,
            String where,
            String state,
            @Nullable Refusal unended) {

        boolean endable() {
            return unended == null;
        }

        /** Whether there is anything left to end. */
        boolean alive() {
            return state.equals("runs") || state.equals("ahead");
        }
    }
}
