package motette.ideas;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import motette.places.Places;
import motette.places.Quarter;

/**
 * What the place step sends, read in this order: a found spot, the pin, the chosen quarter. Whoever chooses another quarter than
 * the pin's means the quarter.
 */
record PlaceChoice(Places places) {

    /** @param isOutside a pin was set, but outside the city */
    record Chosen(Map<String, String> fields, boolean isOutside) {}

    Chosen of(Map<String, String> form) {
        var fields = new HashMap<String, String>();
        fields.put(Draft.PLACE, form.getOrDefault(Draft.PLACE, ""));
        fields.put(Draft.COMMUNITY, form.getOrDefault(Draft.COMMUNITY, ""));
        var spot = form.getOrDefault("spot", "").split(",", 3);
        var wanted = places.quarter(form.getOrDefault(Draft.QUARTER, ""));
        var lon = number(spot.length == 3 ? spot[0] : form.getOrDefault(Draft.LON, ""));
        var lat = number(spot.length == 3 ? spot[1] : form.getOrDefault(Draft.LAT, ""));
        if (lon.isPresent() && lat.isPresent()) {
            var found = places.quarterAt(lon.get(), lat.get());
            var meansQuarter = spot.length != 3 && wanted.isPresent() && found.isPresent() && !wanted.equals(found);
            if (meansQuarter) {
                choose(fields, wanted.get());
            } else if (found.isPresent()) {
                set(fields, found.get().key(), lon.get(), lat.get(), true);
                if (spot.length == 3
                        && (fields.getOrDefault(Draft.PLACE, "").isBlank()
                                || isName(fields.getOrDefault(Draft.PLACE, "")))) {
                    fields.put(Draft.PLACE, spot[2]);
                }
            } else {
                return new Chosen(fields, true);
            }
        } else {
            wanted.ifPresent(quarter -> choose(fields, quarter));
        }
        return new Chosen(fields, false);
    }

    /** The name of a spot chosen before gives way to the new one's; words of the person's own stay. */
    private boolean isName(String place) {
        return places.search(place, 1).stream()
                .anyMatch(landmark -> landmark.name().equals(place.strip()));
    }

    private static void choose(Map<String, String> fields, Quarter quarter) {
        set(fields, quarter.key(), quarter.labelLon(), quarter.labelLat(), false);
    }

    private static void set(Map<String, String> fields, String quarter, double lon, double lat, boolean exact) {
        fields.put(Draft.QUARTER, quarter);
        fields.put(Draft.LON, String.valueOf(lon));
        fields.put(Draft.LAT, String.valueOf(lat));
        fields.put(Draft.EXACT, String.valueOf(exact));
    }

    private static Optional<Double> number(String text) {
        return text.strip().matches("-?\\d{1,3}(\\.\\d{1,20})?")
                ? Optional.of(Double.valueOf(text.strip()))
                : Optional.empty();
    }
}
