package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import motette.audit.Audit;
import motette.audit.Deed;
import motette.audit.Export;
import motette.shared.Denied;

/** What auditors do: they read everything and change nothing, and that they read it is written down. */
@Singleton
class Auditing {

    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Audit audit;
    private final Export export;

    Auditing(Roles roles, SecondFactor secondFactor, Audit audit, Export export) {
        this.secondFactor = secondFactor;
        this.roles = roles;
        this.audit = audit;
        this.export = export;
    }

    /**
     * Records that somebody takes the log with everybody in it.
     *
     * @throws Denied for whoever is no auditor now; nothing is recorded then
     */
    @Transactional
    void takeTheWholeLog(Visitor visitor) {
        if (!roles.holds(visitor.personId(), RoleName.AUDITOR, "")) {
            throw new Denied(roles.refusal(visitor.personId(), RoleName.AUDITOR, "", "audit.refusal.auditor"));
        }
        secondFactor.demand(visitor);
        audit.record(
                Deed.of("audit.export", "audit:" + export.lastBlock()).by(visitor.personId(), RoleName.AUDITOR.key()));
    }
}
