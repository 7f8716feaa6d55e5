package motette.applications;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** Who sees how much of an application, and who works on it. What somebody may not know of is not there for them. */
@Singleton
class ApplicationRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    ApplicationRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** How much of it somebody sees. */
    enum Sight {
        NONE,
        /** A member of the body: complete ones, organisations by name, no address. */
        MEMBER,
        /** The chair of the body: the same of all that were sent. */
        CHAIR,
        /** The office: everything. */
        OFFICE,
        /** Whoever asks, or enters it from paper. */
        OWN;

        boolean seesAddress() {
            return this == OFFICE || this == OWN;
        }
    }

    @Transactional(readOnly = true)
    public Sight sight(Visitor visitor, Application application) {
        if (!visitor.isSignedIn()) {
            return Sight.NONE;
        } else if (application.applicantId() == visitor.personId()) {
            return Sight.OWN;
        } else if (application.enteredBy() == visitor.personId() && application.isWritable()) {
            return enters(visitor).isEmpty() ? Sight.OWN : Sight.NONE;
        } else if (application.version() == 0) {
            return Sight.NONE;
        } else if (works(visitor, application.quarterKey())) {
            return Sight.OFFICE;
        } else if (roles.holds(visitor.personId(), RoleName.CHAIR, application.bodyKey())) {
            return Sight.CHAIR;
        } else {
            return application.completeAt() != null
                            && roles.holds(visitor.personId(), RoleName.COUNCILLOR, application.bodyKey())
                    ? Sight.MEMBER
                    : Sight.NONE;
        }
    }

    /** May they check it: the administration, and whoever coordinates its quarter, with a second factor? */
    @Transactional(readOnly = true)
    public Optional<Refusal> checking(Visitor visitor, Application application) {
        return works(visitor, application.quarterKey())
                ? secondFactor.refusal(visitor)
                : Optional.of(
                        roles.refusal(visitor.personId(), RoleName.COORDINATOR, "", "applications.refusal.checking"));
    }

    /** May they enter what somebody handed in on paper? */
    @Transactional(readOnly = true)
    public Optional<Refusal> enters(Visitor visitor) {
        return isOfficer(visitor)
                        || !roles.scopes(visitor.personId(), RoleName.COORDINATOR)
                                .isEmpty()
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "applications.refusal.checking"));
    }

    /** Have they a desk? Whoever checks, and the chairs, who read. */
    @Transactional(readOnly = true)
    public Optional<Refusal> desk(Visitor visitor) {
        return enters(visitor).isEmpty()
                        || !roles.scopes(visitor.personId(), RoleName.CHAIR).isEmpty()
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "applications.refusal.desk"));
    }

    @Transactional(readOnly = true)
    public boolean isOfficer(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.OFFICER, "");
    }

    /** Areas whose applications lie on their desk. */
    @Transactional(readOnly = true)
    public List<String> areas(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR);
    }

    /** Bodies whose applications they read. */
    @Transactional(readOnly = true)
    public List<String> chaired(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.CHAIR);
    }

    private boolean works(Visitor visitor, String quarterKey) {
        return isOfficer(visitor)
                || roles.coordinatorArea(visitor.personId(), quarterKey).isPresent();
    }

    /** The office in which they check it, as the audit names it. */
    @Transactional(readOnly = true)
    public String office(Visitor visitor, Application application) {
        return isOfficer(visitor)
                ? "officer"
                : "coordinator:"
                        + roles.coordinatorArea(visitor.personId(), application.quarterKey())
                                .orElse("");
    }
}
