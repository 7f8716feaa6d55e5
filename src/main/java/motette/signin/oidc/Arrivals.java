package motette.signin.oidc;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import motette.audit.Audit;
import motette.people.Persons;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Refused;
import motette.signin.ClaimsSeen;
import motette.signin.Factors;
import motette.signin.SignInMethod;
import motette.signin.SignIns;
import motette.signin.WaysIn;

/**
 * What becomes of somebody whom a provider has proven: known people are signed in, new ones join under a pseudonym, and nobody is
 * linked to an account that is there already before they have signed in to it themselves: an address that somebody else vouches
 * for opens no account.
 */
@Singleton
class Arrivals {

    /** Where somebody says which account is theirs: as a guest, and signed in. */
    static final String LINKING = "/sign-in/linking";

    static final String LINKING_SIGNED_IN = "/me/identities/new";

    static final String PENDING = "pending";
    static final Duration PENDING_HOLDS = Duration.ofMinutes(30);

    private final IdentityRepository identities;
    private final RoleMappings mappings;
    private final Persons people;
    private final SignIns signIns;
    private final Factors factors;
    private final SealedCookies cookies;
    private final Audit audit;
    private final ApplicationEventPublisher<ClaimsSeen> announcements;
    private final WaysIn ways;
    private final Clock clock;

    Arrivals(
            IdentityRepository identities,
            RoleMappings mappings,
            Persons people,
            SignIns signIns,
            Factors factors,
            SealedCookies cookies,
            Audit audit,
            ApplicationEventPublisher<ClaimsSeen> announcements,
            WaysIn ways,
            Clock clock) {
        this.identities = identities;
        this.mappings = mappings;
        this.people = people;
        this.signIns = signIns;
        this.factors = factors;
        this.cookies = cookies;
        this.audit = audit;
        this.announcements = announcements;
        this.ways = ways;
        this.clock = clock;
    }

    /** Signs somebody in, or leads them to where they say which account is theirs. */
    @Transactional
    public MutableHttpResponse<?> arrive(
            Assertion assertion, Visitor visitor, String next, Locale language, HttpRequest<?> request) {
        return find(assertion, visitor, language)
                .<MutableHttpResponse<?>>map(identity -> welcome(assertion, identity, next, request))
                .orElseGet(() -> HttpResponse.seeOther(URI.create(visitor.isSignedIn() ? LINKING_SIGNED_IN : LINKING))
                        .cookie(cookies.seal(
                                PENDING, Pending.of(assertion, next).told(), PENDING_HOLDS)));
    }

    /** The identity that waits in this browser for its account. */
    Optional<Pending> pending(HttpRequest<?> request) {
        return cookies.open(request, PENDING).map(Pending::of);
    }

    /** @return whether it is linked; false when it belongs to another account by now */
    @Transactional
    public boolean link(Visitor visitor, Pending pending) {
        factors.lock(visitor.personId());
        factors.addRefusal(visitor).ifPresent(Arrivals::refuse);
        identities.lock(pending.provider(), pending.subject());
        return link(pending.provider(), pending.subject(), visitor.personId(), pending.level(), pending.acr())
                        .personId()
                == visitor.personId();
    }

    /** Somebody new, beside the account that has the address: they are nobody's, and get no address here. */
    @Transactional
    public MutableHttpResponse<?> joinApart(Pending pending, Locale language, HttpRequest<?> request) {
        identities.lock(pending.provider(), pending.subject());
        var known = identities.findByProviderAndSubject(pending.provider(), pending.subject());
        if (known.isEmpty()) {
            join(pending.provider(), pending.subject(), pending.level(), pending.acr(), "", language);
        }
        return HttpResponse.seeOther(URI.create(OidcController.path(pending.provider()) + "?next="
                + URLEncoder.encode(pending.next(), StandardCharsets.UTF_8)));
    }

    /** A way in that may count as a second factor comes and goes as one does: a stolen mailbox alone neither adds nor takes it. */
    private static void refuse(Refusal refusal) {
        throw new Refused(refusal);
    }

    /** What became of taking a way to sign in away. */
    enum Unlinking {
        DONE,
        LAST_WAY,
        NOT_THERE
    }

    /** Takes an identity from an account, and with it the roles that its claims gave; the last way to sign in stays. */
    @Transactional
    public Unlinking unlink(Visitor visitor, long id) {
        var personId = visitor.personId();
        factors.lock(personId);
        factors.removalRefusal(visitor, false).ifPresent(Arrivals::refuse);
        identities.lockPerson(personId);
        var identity = identities.findOf(personId, id);
        if (identity.isEmpty()) {
            return Unlinking.NOT_THERE;
        } else if (ways.isLast(personId)) {
            return Unlinking.LAST_WAY;
        } else {
            identities.runningOf(id).stream()
                    .filter(signIn -> signIn != visitor.signIn())
                    .forEach(signIn -> signIns.endByProvider(personId, signIn));
            identities.remove(id);
            audit.record(personId, "identity.unlinking", subject(id), "");
            mappings.withdraw(personId, identity.get().provider());
            return Unlinking.DONE;
        }
    }

    /** Ends what a provider says has ended. @return how many sign-ins */
    @Transactional
    public int end(String provider, Optional<String> session, Optional<String> subject) {
        var ended = session.map(sid -> identities.runningOfSession(provider, hash(sid)))
                .or(() -> subject.map(sub -> identities.runningOfSubject(provider, sub)))
                .orElse(List.of());
        for (var signIn : ended) {
            identities.personOf(signIn).forEach(personId -> {
                signIns.endByProvider(personId, signIn);
                audit.record(personId, "sign-in.ending-by-provider", "sign-in:" + signIn, "");
            });
        }
        return ended.size();
    }

    private Optional<Identity> find(Assertion assertion, Visitor visitor, Locale language) {
        identities.lock(assertion.provider(), assertion.subject());
        var known = identities.findByProviderAndSubject(assertion.provider(), assertion.subject());
        if (known.isPresent()) {
            return known;
        } else if (visitor.isSignedIn() || !assertion.email().isEmpty() && people.isKnown(assertion.email())) {
            return Optional.empty();
        } else {
            return join(
                    assertion.provider(),
                    assertion.subject(),
                    assertion.level().key(),
                    assertion.acr(),
                    assertion.emailKept() ? assertion.email() : "",
                    language);
        }
    }

    private Optional<Identity> join(
            String provider, String subject, String level, String acr, String email, Locale language) {
        return people.joinNew(email, language).map(person -> link(provider, subject, person.id(), level, acr));
    }

    /** @return the identity, which is another's where it was linked before */
    private Identity link(String provider, String subject, long personId, String level, String acr) {
        boolean fresh = identities.insertNew(provider, subject, personId, level, acr, today()) == 1;
        var identity = identities.findByProviderAndSubject(provider, subject).orElseThrow();
        if (fresh) {
            audit.record(personId, "identity.linking", subject(identity.id()), "");
        }
        return identity;
    }

    private MutableHttpResponse<?> welcome(
            Assertion assertion, Identity identity, String next, HttpRequest<?> request) {
        var personId = identity.personId();
        identities.seen(identity.id(), assertion.level().key(), assertion.acr(), today());
        var changed = mappings.apply(personId, assertion.provider(), assertion.claims());
        if (!assertion.attributes().isEmpty()) {
            announcements.publishEvent(
                    new ClaimsSeen(personId, assertion.provider(), assertion.level(), assertion.attributes()));
        }
        return signIns.welcome(
                personId,
                SignInMethod.OIDC,
                assertion.strong(),
                signIn -> identities.note(
                        signIn,
                        identity.id(),
                        assertion.provider(),
                        assertion.level().key(),
                        assertion.acr(),
                        assertion.session().isEmpty() ? "" : hash(assertion.session())),
                changed ? "/me/identities/roles?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8) : next,
                request);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static String subject(long identity) {
        return "identity:" + identity;
    }

    private static String hash(String session) {
        return HexFormat.of().formatHex(SealedCookies.sha256(session));
    }
}
