package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.ideas.IdeaRow;
import motette.shared.Problems;
import motette.votes.RoundNotice;
import org.jspecify.annotations.Nullable;

/**
 * What the home page prints.
 *
 * @param quarter the place kept on this device; empty when none is
 * @param mine    the district of that place; null when none is kept
 * @param steps   what is next in that district; empty when none is kept
 * @param rounds  voting rounds that are open: there, otherwise anywhere
 * @param newest  of that district, otherwise of the city
 */
@Introspected
record HomePage(
        int year,
        String quarter,
        @Nullable DistrictRow mine,
        List<NextStep> steps,
        long daysLeft,
        CityRow city,
        List<DistrictRow> districts,
        List<IdeaRow> newest,
        List<LatestDecision> decisions,
        List<RoundNotice> rounds,
        List<PlaceGroup> groups,
        Problems problems) {}
