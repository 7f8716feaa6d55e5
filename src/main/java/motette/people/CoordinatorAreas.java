package motette.people;

import jakarta.inject.Singleton;
import java.util.List;
import motette.places.Places;

@Singleton
final class CoordinatorAreas implements RoleScopes {

    private final Places places;

    CoordinatorAreas(Places places) {
        this.places = places;
    }

    @Override
    public List<RoleScope> roleScopes() {
        return places.areas(RoleScope.AREA).stream()
                .map(area -> new RoleScope(area.key(), RoleScope.AREA, area.name()))
                .toList();
    }
}
