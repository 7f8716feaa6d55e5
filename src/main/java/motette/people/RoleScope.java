package motette.people;

import io.micronaut.core.annotation.Introspected;

/**
 * Where a role acts.
 *
 * @param key  as in the rows of roles
 * @param kind {@link #AREA}, or the kind of a body
 */
@Introspected
public record RoleScope(String key, String kind, String name) {

    /** What a coordinator looks after. */
    public static final String AREA = "coordinator";
}
