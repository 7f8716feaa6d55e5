package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.UUID;
import motette.shared.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Papers of one item, for whoever plans the session.
 *
 * @param invited   whether the members are invited, so that what is attached is marked as late
 * @param withdrawn the paper whose withdrawal came back with problems; null otherwise
 * @param said      what was done just now, as the end of a message's key; empty otherwise
 */
@Introspected
record AgendaPapersPage(
        CouncilSession session,
        AgendaItem item,
        List<AgendaPaper> papers,
        boolean invited,
        AgendaPaperForm form,
        Problems problems,
        @Nullable UUID withdrawn,
        String said) {

    String action() {
        return session.path() + "/agenda/" + item.id() + "/papers";
    }

    Problems attaching() {
        return withdrawn == null ? problems : Problems.none();
    }

    AgendaPapersPage with(AgendaPaperForm typed, Problems found, @Nullable UUID withdrawal) {
        return new AgendaPapersPage(session, item, papers, invited, typed, found, withdrawal, "");
    }
}
