package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.audit.Export;

/** What auditors do: they read everything and change nothing, and that they read it is written down. */
@Singleton
class Auditing {

    private final Roles roles;
    private final Audit audit;
    private final Export export;

    Auditing(Roles roles, Audit audit, Export export) {
        this.roles = roles;
        this.audit = audit;
        this.export = export;
    }

    /** Records that somebody takes the log with everybody in it; false, and nothing recorded, for who is no auditor today. */
    @Transactional
    boolean takesTheWholeLog(Visitor visitor) {
        boolean may = roles.holds(visitor.personId(), RoleName.AUDITOR, "");
        if (may) {
            audit.record(
                    Deed.of("audit.export", "audit:" + export.lastBlock()).by(visitor.personId(), RoleName.AUDITORS));
        }
        return may;
    }
}
