package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.applications.MyApplication;
import motette.ideas.IdeaRow;
import motette.shared.Problems;
import motette.votes.RoundNotices;

/**
 * What somebody sees of themselves.
 *
 * @param typed the pseudonym in the field: as it is, or as typed when it comes back
 * @param shownIn name of the quarter where residence is shown; empty when it is not
 * @param languages in which mails may be written; the present one is current
 * @param applications what they ask money for
 * @param voted rounds in which they voted; nobody knows here how
 * @param said  what was just done: renamed, placed, spoken or nothing
 */
@Introspected
record MePage(
        String pseudonym,
        String typed,
        String email,
        String quarterName,
        String shownIn,
        List<PlaceGroup> groups,
        List<Spoken> languages,
        List<Term> terms,
        List<IdeaRow> mine,
        List<IdeaRow> supported,
        List<MyApplication> applications,
        List<RoundNotices.Voted> voted,
        String said,
        Problems problems) {

    @Introspected
    record Spoken(String tag, String name, boolean current) {}
}
