package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Optional;
import motette.bodies.Body;
import motette.ideas.IdeaRow;
import motette.places.Quarter;
import motette.shared.Described;
import motette.votes.RoundNotice;

/**
 * What the page of a district prints.
 *
 * @param bodyUrl     its council in the council information system; empty where there is none
 * @param locals      the councils of its communities
 * @param rounds      voting rounds there that run or come
 * @param keptQuarter the place this device remembers, if it lies in this district; otherwise empty
 */
@Introspected
record DistrictPage(
        DistrictRow district,
        Body body,
        String bodyUrl,
        List<Quarter> quarters,
        List<Body> locals,
        List<NextStep> steps,
        long daysLeft,
        List<IdeaRow> newest,
        List<IdeaRow> decided,
        String keptQuarter,
        List<RoundNotice> rounds)
        implements Described {

    /** Figures change; what a district is about does not. */
    @Override
    public String summary() {
        return "";
    }

    @Override
    public Optional<Subject> pictured() {
        return Optional.of(SharePictures.ofDistrict(district.slug(), district.name()));
    }
}
