package motette.signin.oidc;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import motette.people.RoleName;
import motette.people.RoleScope;

/**
 * A role that a mapping may give, with the area or body it acts on. The administration is none of them: who gives rights is
 * named by a person.
 *
 * @param key   "officer" or "chair:sbb-ost"
 * @param where name of the area or body; empty for the whole city
 */
@Introspected
record RoleChoice(String key, String role, String where) {

    static List<RoleChoice> all(List<RoleScope> scopes) {
        return Stream.of(RoleName.values())
                .filter(name -> name != RoleName.ADMINISTRATOR)
                .flatMap(name -> of(name, scopes))
                .toList();
    }

    static Optional<RoleChoice> find(String key, List<RoleScope> scopes) {
        return all(scopes).stream().filter(choice -> choice.key().equals(key)).findFirst();
    }

    private static Stream<RoleChoice> of(RoleName name, List<RoleScope> scopes) {
        var kinds = name.actsOn();
        return kinds.isEmpty()
                ? Stream.of(new RoleChoice(name.key(), name.key(), ""))
                : scopes.stream()
                        .filter(scope -> kinds.contains(scope.kind()))
                        .map(scope -> new RoleChoice(name.key() + ":" + scope.key(), name.key(), scope.name()));
    }
}
