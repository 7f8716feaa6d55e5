package motette.signin;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import motette.audit.Audit;
import motette.people.Person;
import motette.people.Persons;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins, goes on with and ends sign-ins. A sign-in is a row; the browser holds a short-lived access token that says who it is
 * and a refresh token that is exchanged, each time for the next one, when the access token is over.
 */
@Singleton
public class SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    private final Persons people;
    private final Roles roles;
    private final SignInRows rows;
    private final AccessTokens tokens;
    private final SignInCookies cookies;
    private final DeviceNotice notice;
    private final SignInLife life;
    private final FactorOffer offer;
    private final Audit audit;
    private final Clock clock;

    SignIns(
            Persons people,
            Roles roles,
            SignInRows rows,
            AccessTokens tokens,
            SignInCookies cookies,
            DeviceNotice notice,
            SignInLife life,
            FactorOffer offer,
            Audit audit,
            Clock clock) {
        this.people = people;
        this.roles = roles;
        this.rows = rows;
        this.tokens = tokens;
        this.cookies = cookies;
        this.notice = notice;
        this.life = life;
        this.offer = offer;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who goes on with a sign-in, and what their browser keeps of it from now on. */
    record Renewal(Visitor visitor, SignInCookies.Tokens tokens) {}

    /** Signs somebody in and leads them on; a passkey counts as two factors, and so do the buttons of the demo city. */
    public MutableHttpResponse<?> welcome(long personId, SignInMethod method, String next, HttpRequest<?> request) {
        return welcome(personId, method, method == SignInMethod.PASSKEY || method == SignInMethod.DEMO, next, request);
    }

    /**
     * Signs somebody in and leads them on; back to the sign-in page when the person is no longer there. Whatever the browser
     * held before ends: nobody goes on with a sign-in that another planted.
     *
     * @param strong whether a second factor was shown
     */
    @Transactional
    public MutableHttpResponse<?> welcome(
            long personId, SignInMethod method, boolean strong, String next, HttpRequest<?> request) {
        return welcome(personId, method, strong, signIn -> {}, next, request);
    }

    /**
     * The same, for a way that knows more of the sign-in.
     *
     * @param begun is told the row of {@code sign_ins}, in the same transaction
     */
    @Transactional
    public MutableHttpResponse<?> welcome(
            long personId,
            SignInMethod method,
            boolean strong,
            LongConsumer begun,
            String next,
            HttpRequest<?> request) {
        cookies.refresh(request).ifPresent(former -> end(former, EndReason.REPLACED));
        return people.find(personId)
                .<MutableHttpResponse<?>>map(person -> {
                    cookies.earn(request, begin(person, method, strong, begun, Device.of(request), request));
                    return seeOther(strong ? next : offer.before(next, person.id(), request));
                })
                .orElseGet(() -> seeOther("/sign-in"));
    }

    /** A new access token for somebody signed in, after what it says of them has changed. */
    @Transactional
    public MutableHttpResponse<?> renew(Visitor visitor, String next, HttpRequest<?> request) {
        people.find(visitor.personId())
                .ifPresent(person -> cookies.earnAccess(
                        request,
                        tokens.issue(visitor(person, roles(person.id()), visitor.signIn(), visitor.strongUntil()))));
        return seeOther(next);
    }

    /** From now on a second factor holds for this sign-in, for the time that {@code motette.sign-in.strong} says. */
    @Transactional
    public MutableHttpResponse<?> strengthen(Visitor visitor, String next, HttpRequest<?> request) {
        var now = clock.instant();
        var until = now.plus(life.strong());
        rows.strengthen(visitor.signIn(), now, until);
        return renew(
                new Visitor(visitor.personId(), visitor.pseudonym(), visitor.roles(), visitor.signIn(), until),
                next,
                request);
    }

    /** Ends the sign-in of this browser, on every copy of the application. */
    @Transactional
    public void signOut(Visitor visitor, HttpRequest<?> request) {
        if (visitor.isSignedIn()) {
            rows.end(visitor.personId(), visitor.signIn(), EndReason.SIGNED_OUT);
        }
        cookies.refresh(request).ifPresent(token -> end(token, EndReason.SIGNED_OUT));
        cookies.clear(request);
    }

    /** Ends one sign-in of a person. @return whether it was theirs and ran */
    @Transactional
    public boolean end(long personId, long signIn) {
        return rows.end(personId, signIn, EndReason.DEVICE_ENDED);
    }

    /** Ends one sign-in of a person, because the provider that vouched for it says it has ended. @return whether it ran */
    @Transactional
    public boolean endByProvider(long personId, long signIn) {
        return rows.end(personId, signIn, EndReason.PROVIDER);
    }

    /** Ends every sign-in of a person but the one they are here with. @return how many ended */
    @Transactional
    public int endOthers(Visitor visitor) {
        return rows.endAll(visitor.personId(), visitor.signIn(), EndReason.EVERYWHERE);
    }

    /** Ends every sign-in of a person. @return how many ended */
    @Transactional
    public int endAll(long personId, EndReason why) {
        return rows.endAll(personId, 0, why);
    }

    /** Whether the sign-in neither ended nor was erased, as the database says. */
    boolean isRunning(long signIn) {
        return rows.isRunning(signIn);
    }

    /**
     * Exchanges a refresh token for the next one. Shown again within the grace, it yields the same next one again: two tabs at
     * once, or an answer that was lost. Shown again later, somebody else holds it too, and the sign-in ends.
     *
     * @return empty when the token is unknown or over, or its sign-in ended
     */
    @Transactional
    public Optional<Renewal> renew(String token) {
        var hash = RefreshToken.hash(token);
        return rows.lock(hash).flatMap(shown -> goOn(token, hash, shown));
    }

    private Optional<Renewal> goOn(String token, byte[] hash, SignInRows.Shown shown) {
        var now = clock.instant();
        var held = roles(shown.personId());
        if (shown.ended() || !now.isBefore(shown.expiresAt())) {
            return Optional.empty();
        } else if (!now.isBefore(life.lastEnd(shown.startedAt(), !held.isEmpty()))) {
            rows.end(shown.personId(), shown.signIn(), EndReason.OVER);
            return Optional.empty();
        } else {
            return next(token, hash, shown, held, now)
                    .flatMap(next -> people.find(shown.personId()).map(person -> {
                        var visitor = visitor(person, held, shown.signIn(), shown.strongUntil());
                        return new Renewal(
                                visitor, new SignInCookies.Tokens(tokens.issue(visitor), next, end(shown, held, now)));
                    }));
        }
    }

    private Optional<String> next(String token, byte[] hash, SignInRows.Shown shown, Set<RoleName> held, Instant now) {
        var usedAt = shown.usedAt();
        var keptSalt = shown.salt();
        if (usedAt == null) {
            var salt = RefreshToken.salt();
            var next = RefreshToken.next(token, salt);
            rows.follow(
                    shown.signIn(),
                    hash,
                    salt,
                    RefreshToken.hash(next),
                    now,
                    end(shown, held, now),
                    now.minus(life.grace()));
            return Optional.of(next);
        } else if (keptSalt != null && now.isBefore(usedAt.plus(life.grace()))) {
            return Optional.of(RefreshToken.next(token, keptSalt));
        } else {
            rows.end(shown.personId(), shown.signIn(), EndReason.REUSE);
            audit.record(shown.personId(), "sign-in.reuse", "sign-in:" + shown.signIn(), "");
            LOG.warn("used refresh token shown again, sign-in ended sign-in={}", shown.signIn());
            return Optional.empty();
        }
    }

    private Instant end(SignInRows.Shown shown, Set<RoleName> held, Instant now) {
        return life.end(shown.startedAt(), now, !held.isEmpty());
    }

    private SignInCookies.Tokens begin(
            Person person,
            SignInMethod method,
            boolean strong,
            LongConsumer begun,
            String device,
            HttpRequest<?> request) {
        var now = clock.instant();
        var held = roles(person.id());
        var end = life.end(now, now, !held.isEmpty());
        var strongUntil = method == SignInMethod.DEMO
                ? now.plus(life.residentLife())
                : strong ? now.plus(life.strong()) : Instant.EPOCH;
        var isNew = method != SignInMethod.DEMO && rows.isNewDevice(person.id(), device);
        var refresh = RefreshToken.fresh();
        var row = rows.start(person.id(), method, device, now, end, strongUntil, RefreshToken.hash(refresh));
        begun.accept(row);
        if (isNew) {
            notice.post(person, row, device, request);
        }
        return new SignInCookies.Tokens(tokens.issue(visitor(person, held, row, strongUntil)), refresh, end);
    }

    private void end(String refreshToken, EndReason why) {
        rows.lock(RefreshToken.hash(refreshToken)).ifPresent(shown -> rows.end(shown.personId(), shown.signIn(), why));
    }

    private Set<RoleName> roles(long personId) {
        return roles.running(personId).stream().map(Roles.Held::name).collect(Collectors.toUnmodifiableSet());
    }

    private static Visitor visitor(Person person, Set<RoleName> held, long signIn, Instant strongUntil) {
        return new Visitor(person.id(), person.pseudonym(), held, signIn, strongUntil);
    }

    private static MutableHttpResponse<?> seeOther(String path) {
        return HttpResponse.seeOther(URI.create(safe(path)));
    }

    /** Only a path of this site is followed after signing in, so that no link leads elsewhere. */
    public static String safe(String next) {
        return next.matches("/(?![/\\\\])(?:[A-Za-z0-9/_?=&.,~+-]|%[0-9A-Fa-f]{2})*") ? next : "/";
    }
}
