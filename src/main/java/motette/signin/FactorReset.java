package motette.signin;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.people.PeopleRights;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Problems;
import motette.shared.Reason;
import motette.shared.Refusal;
import motette.shared.Refused;

/**
 * Whoever has lost every second factor gets a fresh start from an administrator who made sure that it is them: all factors go,
 * all sign-ins end, a mail says so. What is left is the mailbox, with which a new factor is set up; whoever has none would be
 * locked out for good.
 */
@Singleton
class FactorReset {

    static final int SHORTEST_REASON = 10;
    static final int LONGEST_REASON = 500;

    private final PeopleRights rights;
    private final Factors factors;
    private final WaysIn ways;
    private final FactorNotice notice;
    private final SignIns signIns;

    FactorReset(PeopleRights rights, Factors factors, WaysIn ways, FactorNotice notice, SignIns signIns) {
        this.rights = rights;
        this.factors = factors;
        this.ways = ways;
        this.notice = notice;
        this.signIns = signIns;
    }

    /** Why this visitor may not see or take away what somebody signs in with; nobody does that for themselves here. */
    Optional<Refusal> refusal(Visitor visitor, long personId) {
        return rights.granting(visitor, personId);
    }

    /** Why a fresh start would end somebody's account, and what to do instead; empty where mails reach them. */
    Optional<Refusal> lockedOut(long personId) {
        return ways.hasMailbox(personId)
                ? Optional.empty()
                : Optional.of(
                        Refusal.of("factors.reset.no-mailbox").withWayOut("/people/" + personId, "people.to-person"));
    }

    /** @return what is wrong with the reason; then nothing is taken away */
    @Transactional
    Problems reset(Visitor visitor, long personId, String reason) {
        refusal(visitor, personId).ifPresent(refusal -> {
            throw new Denied(refusal);
        });
        var problems = Problems.none();
        if (!Reason.fits(reason, SHORTEST_REASON, LONGEST_REASON)) {
            problems.add("reason", "factors.reset.problem", SHORTEST_REASON, LONGEST_REASON);
        } else {
            factors.lock(personId);
            lockedOut(personId).ifPresent(refusal -> {
                throw new Refused(refusal);
            });
            if (factors.removeAll(personId) > 0) {
                signIns.endAll(personId, EndReason.FACTORS_RESET);
                notice.tellOfReset(visitor.personId(), personId, reason);
            }
        }
        return problems;
    }
}
