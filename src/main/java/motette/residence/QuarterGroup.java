package motette.residence;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.function.Predicate;
import motette.places.Places;
import motette.places.Quarter;

/** The quarters of a district in the question where somebody lives. */
@Introspected
public record QuarterGroup(String name, List<Option> quarters) {

    @Introspected
    public record Option(String key, String name, boolean chosen) {}

    static List<QuarterGroup> of(Places places, String chosen, Predicate<Quarter> offered) {
        return places.districts().stream()
                .map(district -> new QuarterGroup(
                        district.name(),
                        places.quarters().stream()
                                .filter(quarter -> quarter.districtKey().equals(district.key()))
                                .filter(offered)
                                .map(quarter -> new Option(
                                        quarter.key(),
                                        quarter.name(),
                                        quarter.key().equals(chosen)))
                                .toList()))
                .filter(group -> !group.quarters().isEmpty())
                .toList();
    }
}
