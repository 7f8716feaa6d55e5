package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.util.Arrays;
import java.util.List;
import motette.shared.Problems;

/**
 * The search for people.
 *
 * @param searched    true where somebody was looked for
 * @param more        true where more are found than shown
 * @param administers true for who may also change something
 */
@Introspected
record PeoplePage(
        SearchForm form,
        Problems problems,
        boolean searched,
        List<PeopleFinder.Found> found,
        boolean more,
        boolean administers,
        List<String> roles,
        List<ScopeGroup> scopes) {

    /** Areas, and bodies by kind. */
    @Introspected
    record ScopeGroup(String kind, List<RoleScope> scopes) {

        static List<ScopeGroup> of(Scopes scopes) {
            var all = scopes.all();
            return all.stream()
                    .map(RoleScope::kind)
                    .distinct()
                    .map(kind -> new ScopeGroup(
                            kind,
                            all.stream()
                                    .filter(scope -> scope.kind().equals(kind))
                                    .toList()))
                    .toList();
        }
    }

    static PeoplePage of(
            SearchForm form, Problems problems, List<PeopleFinder.Found> found, boolean administers, Scopes scopes) {
        return new PeoplePage(
                form,
                problems,
                !form.equals(SearchForm.EMPTY) && problems.isEmpty(),
                found.stream().limit(PeopleFinder.MOST).toList(),
                found.size() > PeopleFinder.MOST,
                administers,
                roleKeys(),
                ScopeGroup.of(scopes));
    }

    static List<String> roleKeys() {
        return Arrays.stream(RoleName.values()).map(RoleName::key).toList();
    }
}
