package motette.people;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every area and body that a role can act on. */
@Singleton
class Scopes {

    private final List<RoleScopes> sources;

    Scopes(List<RoleScopes> sources) {
        this.sources = sources;
    }

    List<RoleScope> all() {
        return sources.stream()
                .map(RoleScopes::roleScopes)
                .flatMap(Collection::stream)
                .toList();
    }

    Optional<RoleScope> find(String key) {
        return all().stream().filter(scope -> scope.key().equals(key)).findFirst();
    }

    /** Empty for a role of the whole city, whose scope is empty. */
    String name(String key) {
        return find(key).map(RoleScope::name).orElse("");
    }

    /** Whether the role acts on this: an area or body of its kind, or the whole city. */
    boolean fits(RoleName role, String key) {
        return role.actsOn().isEmpty()
                ? key.isEmpty()
                : find(key)
                        .filter(scope -> role.actsOn().contains(scope.kind()))
                        .isPresent();
    }
}
