package motette.allocation;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import motette.people.RoleName;
import motette.people.Roles;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Denied;
import motette.shared.Refusal;

/**
 * Who reads proposals for a body: its members, and the staff of the whole city. Who keeps them: its chair and the
 * administration. Who gets the ballots behind a kept one: they and the auditors. The pages show with these questions, the deeds
 * refuse with them.
 */
@Singleton
public class AllocationRights {

    private static final Set<RoleName> MEMBERS = Set.of(RoleName.CHAIR, RoleName.COUNCILLOR, RoleName.FUND_PARTNER);
    private static final Set<RoleName> STAFF =
            Set.of(RoleName.OFFICER, RoleName.ADMINISTRATOR, RoleName.AUDITOR, RoleName.COORDINATOR);

    private final Roles roles;
    private final SecondFactor secondFactor;

    AllocationRights(Roles roles, SecondFactor secondFactor) {
        this.roles = roles;
        this.secondFactor = secondFactor;
    }

    /** May they see comparisons and runs? */
    @Transactional(readOnly = true)
    public Optional<Refusal> reading(Visitor visitor, String bodyKey) {
        return reads(held(visitor), bodyKey)
                ? Optional.empty()
                : refused(visitor, RoleName.COUNCILLOR, bodyKey, "allocation.refusal.read", "/allocation/how");
    }

    /**
     * Whether it is theirs to record a run, for whoever may see comparisons; one query says both.
     *
     * @throws Denied for everybody else
     */
    @Transactional(readOnly = true)
    public boolean readingWithKeeping(Visitor visitor, String bodyKey) {
        var held = held(visitor);
        if (!reads(held, bodyKey)) {
            throw new Denied(
                    refused(visitor, RoleName.COUNCILLOR, bodyKey, "allocation.refusal.read", "/allocation/how")
                            .orElseThrow());
        }
        return keeps(held, bodyKey);
    }

    private static boolean reads(List<Roles.Held> held, String bodyKey) {
        return held.stream()
                .anyMatch(role -> STAFF.contains(role.name())
                        || MEMBERS.contains(role.name()) && role.scope().equals(bodyKey));
    }

    /** Is it theirs to record a run? */
    @Transactional(readOnly = true)
    public Optional<Refusal> keeping(Visitor visitor, String bodyKey) {
        return keeps(held(visitor), bodyKey)
                ? Optional.empty()
                : refused(visitor, RoleName.CHAIR, bodyKey, "allocation.refusal.keep", "/council/" + bodyKey);
    }

    /** May they record a run now? It is theirs to, and a second factor holds: a council decides with it. */
    @Transactional(readOnly = true)
    public Optional<Refusal> recording(Visitor visitor, String bodyKey) {
        return keeping(visitor, bodyKey).or(() -> secondFactor.refusal(visitor));
    }

    /** May they have the input of a run, which says what people support together? */
    @Transactional(readOnly = true)
    public Optional<Refusal> recomputing(Visitor visitor, String bodyKey) {
        var held = held(visitor);
        return keeps(held, bodyKey) || held.stream().anyMatch(role -> role.name() == RoleName.AUDITOR)
                ? Optional.empty()
                : refused(visitor, RoleName.CHAIR, bodyKey, "allocation.refusal.recompute", "/council/" + bodyKey);
    }

    private List<Roles.Held> held(Visitor visitor) {
        return roles.running(visitor.personId());
    }

    private static boolean keeps(List<Roles.Held> held, String bodyKey) {
        return held.stream()
                .anyMatch(role -> role.name() == RoleName.OFFICER
                        || role.name() == RoleName.CHAIR && role.scope().equals(bodyKey));
    }

    private Optional<Refusal> refused(Visitor visitor, RoleName role, String bodyKey, String sentence, String wayOut) {
        return Optional.of(roles.refusal(visitor.personId(), role, bodyKey, sentence)
                .withWayOut(wayOut, wayOut.equals("/allocation/how") ? "nav.allocation" : "council.to-board"));
    }
}
