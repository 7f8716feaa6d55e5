package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;
import motette.shared.Message;

/** What else there is to read about a body; a storey that has such pages implements it. */
public interface BodyLinks {

    List<BodyLink> of(String bodyKey, LocalDate day);

    /** @param text what the page holds, in a sentence */
    @Introspected
    record BodyLink(Message text, String path) {}
}
