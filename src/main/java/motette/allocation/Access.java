package motette.allocation;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.Visitor;

/**
 * Who reads proposals for a body: its members, and the staff of the whole city. Who keeps them: its chair and the
 * administration. Who gets the ballots behind a kept one: they and the auditors.
 */
@Singleton
public class Access {

    private static final Set<RoleName> MEMBERS = Set.of(RoleName.CHAIR, RoleName.COUNCILLOR, RoleName.FUND_PARTNER);
    private static final Set<RoleName> STAFF =
            Set.of(RoleName.OFFICER, RoleName.ADMINISTRATOR, RoleName.AUDITOR, RoleName.COORDINATOR);

    private final Roles roles;

    Access(Roles roles) {
        this.roles = roles;
    }

    /** Asked of the running terms, once a request. */
    Rights of(Visitor visitor, String bodyKey) {
        var held = roles.running(visitor.personId());
        boolean keep = held.stream()
                .anyMatch(role -> role.name() == RoleName.OFFICER
                        || role.name() == RoleName.CHAIR && role.scope().equals(bodyKey));
        return new Rights(
                reads(held, bodyKey), keep, keep || held.stream().anyMatch(role -> role.name() == RoleName.AUDITOR));
    }

    /** Whether somebody who holds these roles may see the comparison for the body. */
    public static boolean reads(List<Roles.Held> held, String bodyKey) {
        return held.stream()
                .anyMatch(role -> STAFF.contains(role.name())
                        || MEMBERS.contains(role.name()) && role.scope().equals(bodyKey));
    }

    /**
     * @param read      may see comparisons and runs
     * @param keep      may record a run
     * @param recompute may have the input of a run, which says what people support together
     */
    record Rights(boolean read, boolean keep, boolean recompute) {}
}
