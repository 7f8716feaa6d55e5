package motette.residence;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;

/** Who works on letters, cases, extracts and at the desk; asked of the running terms. */
@Singleton
class ResidenceRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    ResidenceRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** May they see what waits: letters without their addresses, cases? The office and the administration. */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.OFFICER, "")
                        || roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.OFFICER, "", "residence.refused.no-term"));
    }

    /** May they print letters and decide cases? */
    @Transactional(readOnly = true)
    public Optional<Refusal> deciding(Visitor visitor) {
        return reading(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** May they see which extracts of the register there are? */
    @Transactional(readOnly = true)
    public Optional<Refusal> extracts(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(
                        roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "residence.refused.no-term"));
    }

    /** May they read in, adopt and drop an extract? */
    @Transactional(readOnly = true)
    public Optional<Refusal> adopting(Visitor visitor) {
        return extracts(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** Have they a desk: do they coordinate any area, or stand in for who does? */
    @Transactional(readOnly = true)
    public Optional<Refusal> desk(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR).isEmpty()
                ? Optional.of(roles.refusal(visitor.personId(), RoleName.COORDINATOR, "", "residence.refused.no-term"))
                : Optional.empty();
    }

    /** May they say that they have seen a card? It gives a voice in the vote. */
    @Transactional(readOnly = true)
    public Optional<Refusal> witnessing(Visitor visitor) {
        return desk(visitor).or(() -> secondFactor.refusal(visitor));
    }

    /** @throws Denied with the refusal, where there is one */
    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
