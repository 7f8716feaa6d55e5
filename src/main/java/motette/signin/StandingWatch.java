package motette.signin;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import motette.people.StandingLost;

/**
 * Ends all sign-ins of somebody in the transaction of a deed that announces it. The end of a role and a block announce nothing:
 * the database is asked at every deed anyway, and whoever stays signed in reads why not.
 */
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
