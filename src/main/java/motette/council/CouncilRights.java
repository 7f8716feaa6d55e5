package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** What somebody may do in a body; the board shows with these questions, the deeds refuse with them. */
@Singleton
class CouncilRights {

    private final Roles roles;
    private final SecondFactor secondFactor;

    CouncilRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** Do they chair this body, or stand in for who does? */
    @Transactional(readOnly = true)
    public Optional<Refusal> chairing(Visitor visitor, String bodyKey) {
        return roles.holds(visitor.personId(), RoleName.CHAIR, bodyKey)
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.CHAIR, bodyKey, "council.refusal.chair")
                        .withWayOut("/council/" + bodyKey, "council.to-board"));
    }

    /** May they record a resolution of this body? Its chair, with a second factor: a grant reserves money. */
    @Transactional(readOnly = true)
    public Optional<Refusal> recording(Visitor visitor, String bodyKey) {
        return chairing(visitor, bodyKey).or(() -> secondFactor.refusal(visitor));
    }

    /** May they record in the session what was voted? Who runs it, with a second factor: a grant reserves money. */
    @Transactional(readOnly = true)
    public Optional<Refusal> counting(Visitor visitor, String bodyKey) {
        return planning(visitor, bodyKey).or(() -> secondFactor.refusal(visitor));
    }

    /** Do they sit in the body today? */
    @Transactional(readOnly = true)
    public Optional<Refusal> sitting(Visitor visitor, String bodyKey) {
        return roles.running(visitor.personId()).stream()
                        .anyMatch(held ->
                                held.scope().equals(bodyKey) && held.name().isOfBody())
                ? Optional.empty()
                : Optional.of(Refusal.of("room.refusal.seat")
                        .withWayOut("/council/" + bodyKey + "/sessions", "sessions.to-sessions"));
    }

    /** May they plan when the body meets? Whoever chairs it, and the platform administration. */
    @Transactional(readOnly = true)
    public Optional<Refusal> planning(Visitor visitor, String bodyKey) {
        return roles.holds(visitor.personId(), RoleName.CHAIR, bodyKey)
                        || roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? Optional.empty()
                : Optional.of(roles.refusal(visitor.personId(), RoleName.CHAIR, bodyKey, "sessions.refusal.planning")
                        .withWayOut("/council/" + bodyKey + "/sessions", "sessions.to-sessions"));
    }

    /** Do they sit in the body, chair it or plan for it, so that they read what is not public? */
    @Transactional(readOnly = true)
    public boolean belongs(Visitor visitor, String bodyKey) {
        return roles.running(visitor.personId()).stream()
                .anyMatch(held -> held.name() == RoleName.ADMINISTRATOR
                        || held.scope().equals(bodyKey) && held.name().isOfBody());
    }

    /** In which office they plan, as the audit says it. */
    @Transactional(readOnly = true)
    public String office(Visitor visitor, String bodyKey) {
        return roles.holds(visitor.personId(), RoleName.CHAIR, bodyKey)
                ? "chair:" + bodyKey
                : RoleName.ADMINISTRATOR.key();
    }

    /** The bodies they sit in or chair. */
    @Transactional(readOnly = true)
    public List<String> seats(Visitor visitor) {
        return visitor.isSignedIn()
                ? roles.running(visitor.personId()).stream()
                        .filter(held ->
                                Stream.of(RoleName.CHAIR, RoleName.COUNCILLOR).anyMatch(seat -> held.name() == seat))
                        .map(Roles.Held::scope)
                        .distinct()
                        .toList()
                : List.of();
    }
}
