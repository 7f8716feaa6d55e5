package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import motette.shared.Sql;

/**
 * Who works at the desk of rounds: administrators prepare, announce, hold, prolong and publish, with a second factor; the
 * administration and the auditors read, and coordinators what takes place where they work. Ballots nobody reads.
 */
@Singleton
class RoundRights {

    private static final Set<RoleName> READERS = Set.of(RoleName.ADMINISTRATOR, RoleName.OFFICER, RoleName.AUDITOR);

    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Sql sql;

    RoundRights(Roles roles, SecondFactor secondFactor, Sql sql) {
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.sql = sql;
    }

    /** May they see the list of rounds, with those in the making? */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor) {
        return reads(visitor)
                        || !roles.scopes(visitor.personId(), RoleName.COORDINATOR)
                                .isEmpty()
                ? Optional.empty()
                : Optional.of(refused(visitor));
    }

    /** May they see how a round is prepared and how it goes? Coordinators where one of their quarters takes part. */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor, long roundId) {
        return reads(visitor)
                        || roles.scopes(visitor.personId(), RoleName.COORDINATOR).stream()
                                .anyMatch(area -> sql.holds(
                                        "select from area_quarters a join quarters q on q.key = a.quarter_key"
                                                + " join vote_districts d on d.district_key = q.district_key"
                                                + " where a.area_key = ? and d.round_id = ?",
                                        area,
                                        roundId))
                ? Optional.empty()
                : Optional.of(refused(visitor));
    }

    /** Is the desk theirs? The page shows its forms to them, whether or not a second factor holds yet. */
    @Transactional(readOnly = true)
    public Optional<Refusal> keeping(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(refused(visitor));
    }

    /** May they prepare, announce, hold and publish now? */
    @Transactional(readOnly = true)
    public Optional<Refusal> deciding(Visitor visitor) {
        return keeping(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** May they read the protocol before it is published? */
    @Transactional(readOnly = true)
    public Optional<Refusal> checking(Visitor visitor) {
        return reads(visitor) ? Optional.empty() : Optional.of(refused(visitor));
    }

    /** In which office somebody signs the protocol of the close: the administration of the platform or of the city. */
    @Transactional(readOnly = true)
    public Optional<RoleName> office(Visitor visitor) {
        return roles.running(visitor.personId()).stream()
                .map(Roles.Held::name)
                .filter(name -> name == RoleName.ADMINISTRATOR || name == RoleName.OFFICER)
                .sorted()
                .findFirst();
    }

    /** May they sign the protocol now? */
    @Transactional(readOnly = true)
    public Optional<Refusal> signing(Visitor visitor) {
        return office(visitor).isPresent() ? secondFactor.refusal(visitor) : Optional.of(refused(visitor));
    }

    private boolean reads(Visitor visitor) {
        return roles.running(visitor.personId()).stream().anyMatch(held -> READERS.contains(held.name()));
    }

    private Refusal refused(Visitor visitor) {
        return roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "votes.desk.refused.no-term");
    }

    /** @throws Denied with the refusal, where there is one */
    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
