package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.util.Optional;

/** Whether a body will deal with something in public; the storey of the council above answers. */
public interface OnAgenda {

    /** Asked for every page of an idea, so it must be answered without the database. */
    Optional<Notice> ofIdea(long number);

    /** The same for an application for money. */
    Optional<Notice> ofApplication(long id);

    /** @param path page of the session */
    @Introspected
    record Notice(String bodyName, Instant startsAt, String path) {}
}
