package motette.signin;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import motette.people.StandingLost;

/** Whoever loses a role, is blocked or erased is signed out everywhere, in the same transaction. */
@Singleton
class StandingWatch {

    private final SignIns signIns;

    StandingWatch(SignIns signIns) {
        this.signIns = signIns;
    }

    @EventListener
    void end(StandingLost lost) {
        signIns.endAll(
                lost.personId(),
                switch (lost.why()) {
                    case ROLE_LOST -> EndReason.ROLE_LOST;
                    case BLOCKED -> EndReason.BLOCKED;
                    case ERASED -> EndReason.ERASED;
                });
    }
}
