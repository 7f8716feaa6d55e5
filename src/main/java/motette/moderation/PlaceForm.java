package motette.moderation;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import motette.bodies.Bodies;
import motette.bodies.Responsible;
import motette.places.Places;
import motette.places.Quarter;
import motette.shared.Problems;

/**
 * A corrected place as it was sent: a quarter, or a point, or both; and a community where the quarter is shared.
 *
 * @param choices what there is to choose from once the quarter is known to be shared; empty otherwise
 */
@Introspected
record PlaceForm(String quarter, String community, String lon, String lat, List<Responsible.Choice> choices) {

    static PlaceForm of(IdeaRow idea) {
        return new PlaceForm(
                idea.quarterKey(),
                idea.communityKey(),
                idea.exactPlace() ? String.valueOf(idea.lon()) : "",
                idea.exactPlace() ? String.valueOf(idea.lat()) : "",
                List.of());
    }

    static PlaceForm of(Map<String, String> sent) {
        return new PlaceForm(
                sent.getOrDefault("quarter", ""),
                sent.getOrDefault("community", ""),
                sent.getOrDefault("lon", ""),
                sent.getOrDefault("lat", ""),
                List.of());
    }

    PlaceForm withChoices(List<Responsible.Choice> offered) {
        return new PlaceForm(quarter, community, lon, lat, offered);
    }

    /** Either the place, or why not; a shared quarter without a choice comes back with the choices. */
    record Reading(Optional<NewPlace> place, PlaceForm form, Problems problems) {}

    /** A pin in the chosen quarter is exact; where the two differ, the quarter was chosen after the pin and counts. */
    Reading read(Places places, Bodies bodies) {
        var point = point();
        var pinned = point.flatMap(at -> places.quarterAt(at[0], at[1]));
        var chosen = quarter.isEmpty() ? pinned : places.quarter(quarter);
        if (chosen.isEmpty()) {
            var key = quarter.isEmpty() && point.isPresent()
                    ? "moderation.problem.outside"
                    : "moderation.problem.quarter";
            return new Reading(Optional.empty(), this, Problems.none().add("quarter", key));
        } else {
            return in(chosen.get(), pinned.equals(chosen) ? point : Optional.empty(), bodies);
        }
    }

    private Reading in(Quarter there, Optional<double[]> point, Bodies bodies) {
        return switch (bodies.responsibleFor(there.key(), community)) {
            case Responsible.Decided(var body, var in) ->
                new Reading(
                        Optional.of(new NewPlace(
                                point.map(at -> at[0]).orElse(there.labelLon()),
                                point.map(at -> at[1]).orElse(there.labelLat()),
                                there,
                                in == null ? null : in.key(),
                                body.key(),
                                point.isPresent())),
                        this,
                        Problems.none());
            case Responsible.Choose(var offered) ->
                new Reading(
                        Optional.empty(),
                        withChoices(offered),
                        Problems.none().add("community", "moderation.problem.community", there.name()));
        };
    }

    private Optional<double[]> point() {
        try {
            return Optional.of(new double[] {Double.parseDouble(lon), Double.parseDouble(lat)});
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
