package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.ideas.IdeaRow;
import motette.shared.Problems;

/**
 * What somebody sees of themselves.
 *
 * @param typed the pseudonym in the field: as it is, or as typed when it comes back
 * @param shownIn name of the quarter where residence is shown; empty when it is not
 * @param said  what was just done: renamed, placed or nothing
 */
@Introspected
record MePage(
        String pseudonym,
        String typed,
        String email,
        String quarterName,
        String shownIn,
        List<PlaceGroup> groups,
        List<Term> terms,
        List<IdeaRow> mine,
        List<IdeaRow> supported,
        String said,
        Problems problems) {}
