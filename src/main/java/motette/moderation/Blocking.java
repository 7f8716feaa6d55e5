package motette.moderation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import motette.audit.Audit;
import motette.limits.Blocked;
import motette.people.RoleName;
import motette.people.Roles;
import motette.shared.Refusal;
import motette.shared.Refused;
import org.jspecify.annotations.Nullable;

/** Administrators block an address from taking part, with a reason that the person is told, and lift the block again. */
@Singleton
class Blocking {

    private final Blocked blocked;
    private final Roles roles;
    private final Audit audit;

    Blocking(Blocked blocked, Roles roles, Audit audit) {
        this.blocked = blocked;
        this.roles = roles;
        this.audit = audit;
    }

    /** @param until null until it is lifted */
    @Transactional
    void block(long personId, String email, String reason, @Nullable Instant until) {
        refuseUnlessAdministrator(personId);
        long id = blocked.block(email, reason, until, personId);
        audit.record(personId, "address.block", "blocked-address:" + id, reason);
    }

    /** False when there is no such block; one lifted before stays as it is. */
    @Transactional
    boolean lift(long personId, long id, String reason) {
        refuseUnlessAdministrator(personId);
        var lifted = blocked.lift(id, reason, personId);
        if (lifted) {
            audit.record(personId, "address.lifting", "blocked-address:" + id, reason);
        }
        return lifted;
    }

    private void refuseUnlessAdministrator(long personId) {
        if (!roles.holds(personId, RoleName.ADMINISTRATOR, "")) {
            throw new Refused(Refusal.of("blocked.no-term"));
        }
    }
}
