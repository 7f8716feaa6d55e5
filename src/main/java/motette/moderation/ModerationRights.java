package motette.moderation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** What somebody may do at the desk; the desk shows with these questions, the deeds refuse with them. */
@Singleton
class ModerationRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    ModerationRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** Have they a desk: do they coordinate any area, or stand in for who does? */
    @Transactional(readOnly = true)
    public Optional<Refusal> desk(Visitor visitor) {
        return areas(visitor).isEmpty()
                ? Optional.of(roles.refusal(visitor.personId(), RoleName.COORDINATOR, "", "moderation.refused.no-term"))
                : Optional.empty();
    }

    /** May they publish, return, decline and take back? A desk, and a second factor. In which area is asked of the idea. */
    @Transactional(readOnly = true)
    public Optional<Refusal> deciding(Visitor visitor) {
        return desk(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** What lies on their desk. */
    @Transactional(readOnly = true)
    public List<String> areas(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR);
    }

    /** The area through which they have the ideas of a quarter; empty where these are somebody else's. */
    @Transactional(readOnly = true)
    public Optional<String> area(Visitor visitor, String quarterKey) {
        return roles.coordinatorArea(visitor.personId(), quarterKey);
    }
}
