package motette.people;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.cookie.TokenCookieLoginHandler;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Turns a known person into a signed token in an HttpOnly cookie. */
@Singleton
public class SignIns {

    private final PersonRepository people;
    private final TokenCookieLoginHandler handler;
    private final Clock clock;

    SignIns(PersonRepository people, TokenCookieLoginHandler handler, Clock clock) {
        this.people = people;
        this.handler = handler;
        this.clock = clock;
    }

    MutableHttpResponse<?> welcome(Person person, String next, HttpRequest<?> request) {
        return handler.loginSuccess(token(person), request)
                .status(303)
                .headers(headers -> headers.location(URI.create(next)));
    }

    /** A new token for somebody signed in, after what it says of them has changed. */
    public MutableHttpResponse<?> renew(long personId, String next, HttpRequest<?> request) {
        return people.findById(personId)
                .<MutableHttpResponse<?>>map(person -> welcome(person, next, request))
                .orElseGet(() -> HttpResponse.seeOther(URI.create("/sign-in")));
    }

    /** The cookie with a token that begins now; none for somebody who is no longer there. */
    List<Cookie> cookies(long personId, HttpRequest<?> request) {
        return people.findById(personId)
                .map(person -> handler.getCookies(token(person), request))
                .orElseGet(List::of);
    }

    private Authentication token(Person person) {
        var roles = people.runningRoles(person.id(), LocalDate.now(clock));
        return Authentication.build(String.valueOf(person.id()), roles, Map.of(Visitor.PSEUDONYM, person.pseudonym()));
    }

    /** Only a path of this site is followed after signing in, so that no link leads elsewhere. */
    static String safe(String next) {
        return next.matches("/(?![/\\\\])(?:[A-Za-z0-9/_?=&.,~+-]|%[0-9A-Fa-f]{2})*") ? next : "/";
    }
}
