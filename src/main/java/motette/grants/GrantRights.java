package motette.grants;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** Who works on grants, who releases their money, and who reads them. */
@Singleton
class GrantRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    GrantRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    @Transactional(readOnly = true)
    public boolean isOfficer(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.OFFICER, "");
    }

    /** Staff that releases payouts: officers and administrators. */
    @Transactional(readOnly = true)
    public boolean isStaff(Visitor visitor) {
        return isOfficer(visitor) || roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "");
    }

    @Transactional(readOnly = true)
    public boolean isAuditor(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.AUDITOR, "");
    }

    /** May they read the desk and the books? */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor) {
        return isStaff(visitor) || isAuditor(visitor)
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "grants.refusal.office"));
    }

    /** May they read this file? The office, the auditors, and whoever asked. */
    @Transactional(readOnly = true)
    public boolean reads(Visitor visitor, GrantFile file) {
        return visitor.isSignedIn()
                && (file.applicantId() == visitor.personId() || isStaff(visitor) || isAuditor(visitor));
    }

    /** May they decide and book? An officer with a second factor. */
    @Transactional(readOnly = true)
    public Optional<Refusal> deciding(Visitor visitor) {
        return isOfficer(visitor)
                ? secondFactor.refusal(visitor)
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "grants.refusal.office"));
    }

    /** May they release this payout? Staff with a second factor who neither asked for it nor gets it. */
    @Transactional(readOnly = true)
    public Optional<Refusal> releasing(Visitor visitor, GrantFile file) {
        if (!isStaff(visitor)) {
            return Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "grants.refusal.office"));
        } else if (!mayRelease(visitor, file)) {
            return Optional.of(Refusal.of("grants.refusal.four-eyes").withWayOut(file.path() + "/file", "grants.back"));
        } else {
            return secondFactor.refusal(visitor);
        }
    }

    /** Whether they are among those who may, with the second factor or still without. */
    @Transactional(readOnly = true)
    public boolean mayRelease(Visitor visitor, GrantFile file) {
        return isStaff(visitor)
                && visitor.personId() != file.applicantId()
                && visitor.personId() != file.askedBy()
                && visitor.personId() != file.releasedBy();
    }

    /** May they release what an office spends? Staff with a second factor. */
    @Transactional(readOnly = true)
    public Optional<Refusal> releasingOrders(Visitor visitor) {
        return isStaff(visitor)
                ? secondFactor.refusal(visitor)
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "grants.refusal.office"));
    }

    /** May they act as whoever asked? Themselves; of an application on paper an officer. */
    @Transactional(readOnly = true)
    public Optional<Refusal> asking(Visitor visitor, GrantFile file) {
        if (file.applicantId() != 0) {
            return file.applicantId() == visitor.personId()
                    ? Optional.empty()
                    : Optional.of(Refusal.of("grants.refusal.applicant").withWayOut("/me", "people.to-me"));
        } else {
            return deciding(visitor);
        }
    }

    /** The office as the audit names it; empty for whoever asked. */
    @Transactional(readOnly = true)
    public String office(Visitor visitor) {
        return isOfficer(visitor) ? "officer" : isStaff(visitor) ? "administrator" : "";
    }
}
