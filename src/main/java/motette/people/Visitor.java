package motette.people;

import io.micronaut.security.authentication.Authentication;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever reads a page, as the token says: enough to greet and to show the right places. What somebody may <em>do</em>
 * is asked of {@link Roles}, which reads the running terms.
 *
 * @param personId  0 for a guest
 * @param pseudonym empty for a guest
 */
public record Visitor(long personId, String pseudonym, Set<RoleName> roles) {

    public static final Visitor GUEST = new Visitor(0, "", Set.of());

    static final String PSEUDONYM = "pseudonym";

    public static Visitor of(Authentication authentication) {
        return new Visitor(
                Long.parseLong(authentication.getName()),
                String.valueOf(authentication.getAttributes().getOrDefault(PSEUDONYM, "")),
                authentication.getRoles().stream()
                        .map(RoleName::find)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    public boolean isSignedIn() {
        return personId != 0;
    }

    public boolean is(RoleName role) {
        return roles.contains(role);
    }
}
