package motette.moderation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import motette.audit.Audit;
import motette.limits.Blocked;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Administrators block an address from taking part, with a reason that the person is told, and lift the block again. */
@Singleton
class Blocking {

    private final Blocked blocked;
    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Audit audit;

    Blocking(Blocked blocked, Roles roles, SecondFactor secondFactor, Audit audit) {
        this.blocked = blocked;
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.audit = audit;
    }

    /** @param until null until it is lifted */
    @Transactional
    void block(Visitor visitor, String email, String reason, @Nullable Instant until) {
        demand(blocking(visitor));
        long personId = visitor.personId();
        long id = blocked.block(email, reason, until, personId);
        audit.record(personId, "address.block", "blocked-address:" + id, reason);
    }

    /** False when there is no such block; one lifted before stays as it is. */
    @Transactional
    boolean lift(Visitor visitor, long id, String reason) {
        demand(blocking(visitor));
        long personId = visitor.personId();
        var lifted = blocked.lift(id, reason, personId);
        if (lifted) {
            audit.record(personId, "address.lifting", "blocked-address:" + id, reason);
        }
        return lifted;
    }

    /** May they see which addresses are blocked? */
    @Transactional(readOnly = true)
    Optional<Refusal> reading(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "blocked.no-term"));
    }

    /** May they block an address and lift a block? */
    @Transactional(readOnly = true)
    Optional<Refusal> blocking(Visitor visitor) {
        return reading(visitor).or(() -> secondFactor.refusal(visitor));
    }

    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
