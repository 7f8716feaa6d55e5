package motette.council;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Optional;
import motette.people.SecondFactor;
import motette.people.Visitor;
import motette.shared.Refusal;

/** Who writes minutes, signs and reads them. */
@Singleton
class MinutesRights {

    private final CouncilRights rights;
    private final SecondFactor secondFactor;

    MinutesRights(CouncilRights rights, SecondFactor secondFactor) {
        this.rights = rights;
        this.secondFactor = secondFactor;
    }

    /** Whoever chairs the body, and the platform administration. */
    @Transactional(readOnly = true)
    public Optional<Refusal> writing(Visitor visitor, String bodyKey) {
        return rights.planning(visitor, bodyKey);
    }

    /** In a role: "chair", "minute-taker" or "member"; with a second factor. */
    @Transactional(readOnly = true)
    public Optional<Refusal> signing(Visitor visitor, String bodyKey, String role) {
        return office(visitor, bodyKey, role).or(() -> secondFactor.refusal(visitor));
    }

    /** The same without the second factor: for what a page offers. */
    @Transactional(readOnly = true)
    public Optional<Refusal> office(Visitor visitor, String bodyKey, String role) {
        return switch (role) {
            case "chair" -> rights.chairing(visitor, bodyKey);
            case "minute-taker" -> rights.planning(visitor, bodyKey);
            default -> rights.sitting(visitor, bodyKey);
        };
    }

    /** Whether they read what is not public. */
    @Transactional(readOnly = true)
    public boolean belongs(Visitor visitor, String bodyKey) {
        return visitor.isSignedIn() && rights.belongs(visitor, bodyKey);
    }
}
