package motette.signin.oidc;

import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import motette.signin.ClaimsSeen;

/** Listens as a storey above does. */
@Singleton
class ClaimsHeard {

    final List<ClaimsSeen> heard = new CopyOnWriteArrayList<>();

    @EventListener
    void hear(ClaimsSeen claims) {
        heard.add(claims);
    }
}
