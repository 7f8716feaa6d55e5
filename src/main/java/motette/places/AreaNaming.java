package motette.places;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import motette.audit.Naming;

/** What the audit log calls the areas of coordinators. */
@Singleton
final class AreaNaming implements Naming {

    private final Places places;

    AreaNaming(Places places) {
        this.places = places;
    }

    @Override
    public String kind() {
        return "area";
    }

    @Override
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        var named = new HashMap<String, Named>();
        keys.forEach(key -> places.area(key).ifPresent(area -> named.put(key, new Named(area.name(), ""))));
        return named;
    }
}
