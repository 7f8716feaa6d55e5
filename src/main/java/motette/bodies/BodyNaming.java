package motette.bodies;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import motette.audit.Naming;

/** What the audit log calls bodies. */
@Singleton
final class BodyNaming implements Naming {

    private final Bodies bodies;

    BodyNaming(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public String kind() {
        return "body";
    }

    @Override
    public Map<String, Named> named(Set<String> keys, Locale locale) {
        var named = new HashMap<String, Named>();
        keys.forEach(key ->
                bodies.body(key).ifPresent(body -> named.put(key, new Named(body.name(), "/bodies/" + key))));
        return named;
    }
}
