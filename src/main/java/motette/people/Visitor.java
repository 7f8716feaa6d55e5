package motette.people;

import io.micronaut.security.authentication.Authentication;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whoever reads a page, as the token says: enough to greet and to show the right places. What somebody may <em>do</em>
 * is asked of {@link Roles}, which reads the running terms.
 *
 * @param personId    0 for a guest
 * @param pseudonym   empty for a guest
 * @param signIn      the row of {@code sign_ins}; 0 for a guest
 * @param strongUntil until when a second factor holds; {@link Instant#EPOCH} when none was shown
 */
public record Visitor(long personId, String pseudonym, Set<RoleName> roles, long signIn, Instant strongUntil) {

    public static final Visitor GUEST = new Visitor(0, "", Set.of(), 0, Instant.EPOCH);

    private static final String PSEUDONYM = "pseudonym";

    /** Number of the sign-in; the claim that OpenID Connect uses for sessions. */
    private static final String SIGN_IN = "sid";

    /** Seconds since 1970. */
    private static final String STRONG_UNTIL = "strong";

    public static Visitor of(Authentication authentication) {
        var said = authentication.getAttributes();
        return new Visitor(
                Long.parseLong(authentication.getName()),
                String.valueOf(said.getOrDefault(PSEUDONYM, "")),
                authentication.getRoles().stream()
                        .map(RoleName::find)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                number(said.get(SIGN_IN)),
                Instant.ofEpochSecond(number(said.get(STRONG_UNTIL))));
    }

    /** What a token carries beside the person's number and roles; {@link #of} reads it back. */
    public Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put(PSEUDONYM, pseudonym);
        claims.put(SIGN_IN, signIn);
        claims.put(STRONG_UNTIL, strongUntil.getEpochSecond());
        return claims;
    }

    public boolean isSignedIn() {
        return personId != 0;
    }

    public boolean is(RoleName role) {
        return roles.contains(role);
    }

    /** Whether a second factor holds at this moment. */
    public boolean isStrong(Instant now) {
        return now.isBefore(strongUntil);
    }

    private static long number(@Nullable Object claim) {
        return claim instanceof Number number ? number.longValue() : 0;
    }
}
