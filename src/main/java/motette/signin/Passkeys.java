package motette.signin;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.people.Persons;
import motette.people.Visitor;
import motette.shared.Problems;
import motette.shared.Refusal;
import motette.shared.Refused;

/** What people do with passkeys: add, sign in, confirm, name, remove. */
@Singleton
class Passkeys {

    static final String LABEL = "label";

    private static final int LONGEST = 60;

    /** Enough for every device somebody owns; keeps the questions to a device short. */
    private static final int MOST = 20;

    private final PasskeyRepository passkeys;
    private final PasskeyChallenges challenges;
    private final WebAuthn webAuthn;
    private final Factors factors;
    private final WaysIn ways;
    private final RecoveryCodes recoveryCodes;
    private final FactorNotice notice;
    private final Persons people;
    private final Clock clock;

    Passkeys(
            PasskeyRepository passkeys,
            PasskeyChallenges challenges,
            WebAuthn webAuthn,
            Factors factors,
            WaysIn ways,
            RecoveryCodes recoveryCodes,
            FactorNotice notice,
            Persons people,
            Clock clock) {
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.webAuthn = webAuthn;
        this.factors = factors;
        this.ways = ways;
        this.recoveryCodes = recoveryCodes;
        this.notice = notice;
        this.people = people;
        this.clock = clock;
    }

    /**
     * A question to a device.
     *
     * @param browserSecret for the cookie of the browser that asked
     * @param options       what the browser's script hands to the device
     */
    record Question(String browserSecret, Map<String, Object> options) {}

    /** What came of a signature that a browser sent. */
    sealed interface Shown {

        /** It holds, and shows who is here. */
        record By(long personId) implements Shown {}

        /** @param problem key of the sentence that says why not */
        record Not(String problem) implements Shown {}
    }

    List<Passkey> of(long personId) {
        return passkeys.of(personId);
    }

    @Transactional
    public Question askToAdd(Visitor visitor) {
        factors.addRefusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var known = passkeys.of(visitor.personId());
        var handle = known.isEmpty() ? challenges.fresh() : known.getFirst().userHandle();
        var issued = challenges.issue(PasskeyPurpose.ENROLMENT, visitor.personId(), handle);
        var name = people.find(visitor.personId())
                .flatMap(person -> Optional.ofNullable(person.email()))
                .orElse(visitor.pseudonym());
        return new Question(
                issued.browserSecret(),
                webAuthn.creation(issued.challenge(), handle, name, visitor.pseudonym(), known));
    }

    /**
     * Keeps the passkey that a device has made.
     *
     * @param device kind of browser and system, which names it where its maker is not known
     * @return what is wrong; empty when it stands
     */
    @Transactional
    public Optional<String> add(Visitor visitor, String browserSecret, String json, String device) {
        var personId = visitor.personId();
        factors.lock(personId);
        factors.addRefusal(visitor).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        var taken = challenges.take(PasskeyPurpose.ENROLMENT, personId, browserSecret);
        var made = taken.flatMap(challenge -> webAuthn.made(json, challenge.challenge()));
        var handle = taken.map(PasskeyChallenges.Taken::userHandle);
        if (taken.isEmpty()) {
            return Optional.of("passkey.problem.late");
        } else if (made.isEmpty() || handle.isEmpty()) {
            return Optional.of("passkey.problem.failed");
        } else if (passkeys.of(personId).size() >= MOST) {
            return Optional.of("passkey.problem.many");
        }
        var fresh = made.get();
        var id = passkeys.insert(
                personId,
                fresh.credentialId(),
                fresh.credential(),
                handle.get(),
                fresh.signCount(),
                fresh.backupEligible(),
                fresh.backedUp(),
                fresh.maker(),
                label(fresh.maker(), device),
                clock.instant());
        id.ifPresent(added -> notice.tell(personId, FactorNotice.Event.PASSKEY_ADDED, "passkey:" + added));
        return id.isPresent() ? Optional.empty() : Optional.of("passkey.problem.failed");
    }

    /** Asks for whatever passkey the device has for this site. */
    @Transactional
    public Question askToSignIn() {
        // Rows that everybody may cause: once the storey of limits stands below, its bucket for sign-ins is asked here.
        var issued = challenges.issue(PasskeyPurpose.SIGN_IN, 0, null);
        return new Question(issued.browserSecret(), webAuthn.request(issued.challenge(), List.of()));
    }

    /** Who has signed the challenge of this browser. */
    @Transactional
    public Shown signIn(String browserSecret, String json) {
        return shown(PasskeyPurpose.SIGN_IN, 0, browserSecret, json);
    }

    /** Asks for one of the person's own passkeys. */
    @Transactional
    public Question askToConfirm(Visitor visitor) {
        var issued = challenges.issue(PasskeyPurpose.CONFIRMATION, visitor.personId(), null);
        var good = passkeys.of(visitor.personId()).stream()
                .filter(passkey -> !passkey.isCloned())
                .toList();
        return new Question(issued.browserSecret(), webAuthn.request(issued.challenge(), good));
    }

    /** Whether the person here has signed with a passkey of theirs. */
    @Transactional
    public Shown confirm(Visitor visitor, String browserSecret, String json) {
        return shown(PasskeyPurpose.CONFIRMATION, visitor.personId(), browserSecret, json);
    }

    /** What is wrong with a name as typed. */
    Problems problems(String typed) {
        var length = clean(typed).codePointCount(0, clean(typed).length());
        var problems = Problems.none();
        if (length == 0) {
            problems.add(LABEL, "passkey.problem.unnamed");
        } else if (length > LONGEST) {
            problems.add(LABEL, "passkey.problem.long", LONGEST, length);
        }
        return problems;
    }

    /** @return whether it was theirs */
    @Transactional
    public boolean rename(long personId, long id, String typed) {
        if (!problems(typed).isEmpty()) {
            throw new IllegalArgumentException("A name of passkey " + id + " that has problems");
        }
        return passkeys.rename(personId, id, clean(typed)) > 0;
    }

    /** The last way in stays; a copied passkey is none. @return whether it was theirs */
    @Transactional
    public boolean remove(Visitor visitor, long id) {
        factors.lock(visitor.personId());
        var passkey = passkeys.find(visitor.personId(), id);
        passkey.ifPresent(theirs -> {
            factors.removalRefusal(visitor, !theirs.isCloned()).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            if (!theirs.isCloned() && ways.isLast(visitor.personId())) {
                throw new Refused(Refusal.of("passkeys.refusal.last-way")
                        .withWayOut("/me/passkeys", "factors.refusal.last.way-out"));
            }
            passkeys.remove(visitor.personId(), id);
            recoveryCodes.removeWithTheLast(visitor.personId());
            notice.tell(visitor.personId(), FactorNotice.Event.PASSKEY_REMOVED, "passkey:" + id);
        });
        return passkey.isPresent();
    }

    /** @param personId who must have signed; 0 for whoever has */
    private Shown shown(PasskeyPurpose purpose, long personId, String browserSecret, String json) {
        var taken = challenges.take(purpose, personId, browserSecret);
        if (taken.isEmpty()) {
            return new Shown.Not("passkey.problem.late");
        }
        var answer = webAuthn.read(json);
        var passkey = answer.flatMap(read -> passkeys.lock(read.credentialId()));
        if (answer.isEmpty()) {
            return new Shown.Not("passkey.problem.failed");
        } else if (passkey.isEmpty()) {
            return new Shown.Not("passkey.problem.unknown");
        } else if (personId != 0 && passkey.get().personId() != personId) {
            return new Shown.Not("passkey.problem.other");
        } else if (passkey.get().isCloned()) {
            return new Shown.Not("passkey.problem.copied");
        } else {
            return webAuthn.signed(answer.get(), taken.get().challenge(), passkey.get())
                    .map(signed -> use(passkey.get(), signed))
                    .orElseGet(() -> new Shown.Not("passkey.problem.failed"));
        }
    }

    private Shown use(Passkey passkey, WebAuthn.Signed signed) {
        if (signed.cloned()) {
            passkeys.mark(passkey.id(), clock.instant());
            notice.tell(passkey.personId(), FactorNotice.Event.PASSKEY_COPIED, "passkey:" + passkey.id());
            return new Shown.Not("passkey.problem.copied");
        } else {
            passkeys.use(passkey.id(), signed.signCount(), signed.backedUp(), LocalDate.now(clock));
            return new Shown.By(passkey.personId());
        }
    }

    private static String label(String maker, String device) {
        return !maker.isEmpty() ? maker : !device.isEmpty() ? device : "Passkey";
    }

    private static String clean(String typed) {
        return typed.replaceAll("\\p{C}", " ").replaceAll("\\s+", " ").strip();
    }
}
