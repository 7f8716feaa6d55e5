package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Problems;

/** The form for the number of what an item is about. */
@Introspected
record PaperNumberPage(CouncilSession session, AgendaItem item, PaperNumberForm form, Problems problems) {

    String action() {
        return session.path() + "/agenda/" + item.id() + "/number";
    }
}
