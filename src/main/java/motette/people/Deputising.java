package motette.people;

import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import motette.audit.Audit;

/** Leaves in the audit, beside a deed, that it was done in somebody else's place. */
@Singleton
public class Deputising {

    private final Roles roles;
    private final Audit audit;

    Deputising(Roles roles, Audit audit) {
        this.roles = roles;
        this.audit = audit;
    }

    /**
     * Writes a row in the deed's transaction where the role is not their own.
     *
     * @param subject of the deed, as "idea:128"
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Visitor visitor, RoleName role, String scope, String subject) {
        roles.delegation(visitor.personId(), role, scope)
                .ifPresent(id -> audit.record(
                        visitor.personId(), "delegation.deed", subject, "in Vertretung, delegation:" + id));
    }
}
