package motette.votes;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.places.Area;
import motette.places.Places;
import motette.shared.Denied;
import motette.shared.Refusal;

/** Who works with ballot papers and shared tablets; asked of the running terms. */
@Singleton
class OnSiteRights {

    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Places places;

    OnSiteRights(Roles roles, SecondFactor secondFactor, Places places) {
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.places = places;
    }

    /** Do they vote with people on site anywhere, or look after it? */
    @Transactional(readOnly = true)
    public Optional<Refusal> anywhere(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR).isEmpty() && !looksAfter(visitor)
                ? Optional.of(no(visitor))
                : Optional.empty();
    }

    /** Have they tablets to look after: do they coordinate any area? */
    @Transactional(readOnly = true)
    public Optional<Refusal> tablets(Visitor visitor) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR).isEmpty()
                ? Optional.of(no(visitor))
                : Optional.empty();
    }

    /** May they see the papers of a round: how many, never what they say? */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor, Round round) {
        return coordinatesAny(visitor, round) || looksAfter(visitor) ? Optional.empty() : Optional.of(no(visitor));
    }

    /** May they print, count and type papers of a district? Its coordinator and the office. */
    @Transactional(readOnly = true)
    public Optional<Refusal> typing(Visitor visitor, String districtKey) {
        return keeps(visitor, districtKey) ? secondFactor.refusal(visitor) : Optional.of(no(visitor));
    }

    /** The same for any district of a round. */
    @Transactional(readOnly = true)
    public Optional<Refusal> typing(Visitor visitor, Round round) {
        return coordinatesAny(visitor, round) || roles.holds(visitor.personId(), RoleName.OFFICER, "")
                ? secondFactor.refusal(visitor)
                : Optional.of(no(visitor));
    }

    /** May they see cards and hand out papers, or unlock a tablet, in a round? The coordinators of its districts. */
    @Transactional(readOnly = true)
    public Optional<Refusal> handing(Visitor visitor, Round round) {
        return coordinatesAny(visitor, round) ? secondFactor.refusal(visitor) : Optional.of(no(visitor));
    }

    /** May they say until when papers are typed? The administration. */
    @Transactional(readOnly = true)
    public Optional<Refusal> timing(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? secondFactor.refusal(visitor)
                : Optional.of(
                        roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "votes.paper.refused.no-term"));
    }

    /** Are the papers of a district theirs, whether or not a second factor holds yet? The page offers what this allows. */
    boolean keeps(Visitor visitor, String districtKey) {
        return coordinates(visitor, districtKey) || roles.holds(visitor.personId(), RoleName.OFFICER, "");
    }

    boolean coordinatesAny(Visitor visitor, Round round) {
        return round.districts().stream().anyMatch(district -> coordinates(visitor, district.key()));
    }

    boolean coordinates(Visitor visitor, String districtKey) {
        return roles.scopes(visitor.personId(), RoleName.COORDINATOR).stream()
                .flatMap(scope -> places.area(scope).stream())
                .map(Area::quarters)
                .anyMatch(quarters -> quarters.stream()
                        .flatMap(key -> places.quarter(key).stream())
                        .anyMatch(quarter -> quarter.districtKey().equals(districtKey)));
    }

    private boolean looksAfter(Visitor visitor) {
        return roles.running(visitor.personId()).stream()
                .map(Roles.Held::name)
                .anyMatch(
                        role -> role == RoleName.OFFICER || role == RoleName.ADMINISTRATOR || role == RoleName.AUDITOR);
    }

    private Refusal no(Visitor visitor) {
        return roles.refusal(visitor.personId(), RoleName.COORDINATOR, "", "votes.paper.refused.no-term");
    }

    /** @throws Denied with the refusal, where there is one */
    static void demand(Optional<Refusal> refusal) {
        refusal.ifPresent(why -> {
            throw new Denied(why);
        });
    }
}
