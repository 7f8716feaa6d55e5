package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;

/** When a body meets next; the storey of the council above answers. */
public interface NextSession {

    /** The first session from now on that is not cancelled; empty where none is planned. */
    Optional<Meeting> of(String bodyKey);

    /** @param path page of the session */
    @Introspected
    record Meeting(Instant startsAt, String venue, String path) {}
}
