package motette.signin;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.cookie.TokenCookieLoginHandler;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import motette.people.Persons;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;

/** Turns a known person into a signed token in an HttpOnly cookie, and keeps a row of it. */
@Singleton
public class SignIns {

    private final Persons people;
    private final Roles roles;
    private final JdbcOperations jdbc;
    private final TokenCookieLoginHandler handler;
    private final SignInLife life;
    private final Clock clock;

    SignIns(
            Persons people,
            Roles roles,
            JdbcOperations jdbc,
            TokenCookieLoginHandler handler,
            SignInLife life,
            Clock clock) {
        this.people = people;
        this.roles = roles;
        this.jdbc = jdbc;
        this.handler = handler;
        this.life = life;
        this.clock = clock;
    }

    /** Signs somebody in and leads them on; back to the sign-in page when the person is no longer there. */
    @Transactional
    public MutableHttpResponse<?> welcome(long personId, SignInMethod method, String next, HttpRequest<?> request) {
        return people.find(personId)
                .<MutableHttpResponse<?>>map(person -> {
                    var now = clock.instant();
                    var held = roles(personId);
                    var strongUntil = strongUntil(method, now);
                    var row = keep(personId, method, Device.of(request), now, strongUntil, !held.isEmpty());
                    return lead(new Visitor(personId, person.pseudonym(), held, row, strongUntil), next, request);
                })
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/sign-in")));
    }

    /** A new token for somebody signed in, after what it says of them has changed. */
    public MutableHttpResponse<?> renew(Visitor visitor, String next, HttpRequest<?> request) {
        return people.find(visitor.personId())
                .<MutableHttpResponse<?>>map(person -> lead(today(visitor, person.pseudonym()), next, request))
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/sign-in")));
    }

    /** The cookie with a token that begins now; none for somebody who is no longer there. */
    List<Cookie> cookies(Visitor visitor, HttpRequest<?> request) {
        return people.find(visitor.personId())
                .map(person -> handler.getCookies(token(today(visitor, person.pseudonym())), request))
                .orElseGet(List::of);
    }

    private Instant strongUntil(SignInMethod method, Instant now) {
        return switch (method) {
            case PASSKEY -> now.plus(life.strong());
            case DEMO -> now.plus(life.residentLife());
            case LINK, CODE, OIDC -> Instant.EPOCH;
        };
    }

    private MutableHttpResponse<?> lead(Visitor visitor, String next, HttpRequest<?> request) {
        return handler.loginSuccess(token(visitor), request)
                .status(303)
                .headers(headers -> headers.location(URI.create(next)));
    }

    private Visitor today(Visitor visitor, String pseudonym) {
        return new Visitor(
                visitor.personId(), pseudonym, roles(visitor.personId()), visitor.signIn(), visitor.strongUntil());
    }

    private Set<RoleName> roles(long personId) {
        return roles.running(personId).stream().map(Roles.Held::name).collect(Collectors.toUnmodifiableSet());
    }

    private static Authentication token(Visitor visitor) {
        return Authentication.build(
                String.valueOf(visitor.personId()),
                visitor.roles().stream().map(RoleName::key).sorted().toList(),
                visitor.claims());
    }

    private long keep(
            long personId, SignInMethod method, String device, Instant now, Instant strongUntil, boolean staff) {
        return jdbc.prepareStatement("""
            insert into sign_ins (person_id, method, device, started_at, seen_at, expires_at, strong_at, strong_until)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning id\
            """, statement -> {
            var strong = strongUntil.isAfter(now);
            statement.setLong(1, personId);
            statement.setString(2, method.key());
            statement.setString(3, device);
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setTimestamp(5, Timestamp.from(now.truncatedTo(ChronoUnit.HOURS)));
            statement.setTimestamp(6, Timestamp.from(now.plus(life.idle(staff))));
            statement.setTimestamp(7, strong ? Timestamp.from(now) : null);
            statement.setTimestamp(8, strong ? Timestamp.from(strongUntil) : null);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** Only a path of this site is followed after signing in, so that no link leads elsewhere. */
    static String safe(String next) {
        return next.matches("/(?![/\\\\])(?:[A-Za-z0-9/_?=&.,~+-]|%[0-9A-Fa-f]{2})*") ? next : "/";
    }
}
