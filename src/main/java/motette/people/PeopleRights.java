package motette.people;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.shared.Refusal;

/** What somebody may do about people; the pages show with these questions, the deeds refuse with them. */
@Singleton
public class PeopleRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    PeopleRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** May they look up people, their roles and terms? The administration and the audit. */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                        || roles.holds(visitor.personId(), RoleName.AUDITOR, "")
                ? Optional.empty()
                : Optional.of(refusal(visitor));
    }

    /** May they look for people by name and address? A stolen mailbox of the administration alone finds nobody. */
    @Transactional(readOnly = true)
    public Optional<Refusal> searching(Visitor visitor) {
        return reading(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** May they grant and end roles, and take over the terms of a council? */
    @Transactional(readOnly = true)
    public Optional<Refusal> administering(Visitor visitor) {
        if (roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")) {
            return secondFactor.refusal(visitor);
        } else {
            return Optional.of(
                    roles.holds(visitor.personId(), RoleName.AUDITOR, "")
                            ? Refusal.of("people.refusal.reads-only").withWayOut("/people", "people.to-people")
                            : refusal(visitor));
        }
    }

    /** May they grant this person a role? Nobody raises themselves. */
    @Transactional(readOnly = true)
    public Optional<Refusal> granting(Visitor visitor, long personId) {
        return administering(visitor)
                .or(() -> visitor.personId() == personId
                        ? Optional.of(Refusal.of("people.refusal.oneself").withWayOut("/people", "people.to-people"))
                        : Optional.empty());
    }

    /** May they name somebody who stands in for them? Whoever holds a role for which a rule knows deputies. */
    @Transactional(readOnly = true)
    public Optional<Refusal> namingDeputy(Visitor visitor, boolean holdsSuchARole) {
        return holdsSuchARole
                ? secondFactor.refusal(visitor)
                : Optional.of(Refusal.of("people.refusal.no-deputy").withWayOut("/me", "people.to-me"));
    }

    private Refusal refusal(Visitor visitor) {
        return roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "people.refusal.administrator");
    }
}
