package motette.bodies;

import jakarta.inject.Singleton;
import java.util.List;
import motette.people.RoleScope;
import motette.people.RoleScopes;

@Singleton
final class BodyScopes implements RoleScopes {

    private final Bodies bodies;

    BodyScopes(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public List<RoleScope> roleScopes() {
        return bodies.all().stream()
                .map(body -> new RoleScope(body.key(), body.kind(), body.name()))
                .toList();
    }
}
