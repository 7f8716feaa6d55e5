package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.places.Places;

/** The quarters of a district in the question for somebody's place. */
@Introspected
record PlaceGroup(String name, List<Option> quarters) {

    @Introspected
    record Option(String key, String name, boolean chosen) {}

    static List<PlaceGroup> all(Places places, String chosen) {
        return places.districts().stream()
                .map(district -> new PlaceGroup(
                        district.name(),
                        places.quarters().stream()
                                .filter(quarter -> quarter.districtKey().equals(district.key()))
                                .map(quarter -> new Option(
                                        quarter.key(),
                                        quarter.name(),
                                        quarter.key().equals(chosen)))
                                .toList()))
                .toList();
    }
}
