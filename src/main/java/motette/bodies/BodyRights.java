package motette.bodies;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;
import motette.shared.Sql;

/** What somebody may do about bodies; the pages show with these questions, the deeds refuse with them. */
@Singleton
class BodyRights {

    private final Roles roles;
    private final SecondFactor secondFactor;
    private final Sql sql;
    private final Clock clock;

    BodyRights(Roles roles, SecondFactor secondFactor, Sql sql, Clock clock) {
        this.roles = roles;
        this.secondFactor = secondFactor;
        this.sql = sql;
        this.clock = clock;
    }

    /** May they record terms, seats, rules and meeting places? */
    @Transactional(readOnly = true)
    public Optional<Refusal> administering(Visitor visitor) {
        return roles.holds(visitor.personId(), RoleName.ADMINISTRATOR, "")
                ? secondFactor.refusal(visitor)
                : Optional.of(
                        roles.refusal(visitor.personId(), RoleName.ADMINISTRATOR, "", "bodies.refusal.administrator")
                                .withWayOut("/bodies", "bodies.to-bodies"));
    }

    /** May they declare functions? Whoever is a member of a body, or will be. */
    @Transactional(readOnly = true)
    public Optional<Refusal> declaring(Visitor visitor) {
        return sql.holds(
                        "select from roles where person_id = ? and name in ('councillor', 'chair', 'fund-partner') and"
                                + " acts_until > greatest(?, begins_at)",
                        visitor.personId(),
                        clock.instant())
                ? Optional.empty()
                : Optional.of(Refusal.of("bodies.refusal.member").withWayOut("/bodies", "bodies.to-bodies"));
    }

    /** May they read what members of this body declared? The offices, and who chairs it. */
    @Transactional(readOnly = true)
    public Optional<Refusal> readingFunctions(Visitor visitor, String bodyKey) {
        return Stream.of(RoleName.OFFICER, RoleName.ADMINISTRATOR, RoleName.AUDITOR)
                                .anyMatch(role -> roles.holds(visitor.personId(), role, ""))
                        || roles.holds(visitor.personId(), RoleName.CHAIR, bodyKey)
                ? secondFactor.refusal(visitor)
                : Optional.of(
                        Refusal.of("bodies.refusal.functions").withWayOut("/bodies/" + bodyKey, "bodies.to-body"));
    }
}
