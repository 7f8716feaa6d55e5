package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import motette.places.Places;

/** What the filter bar offers; it needs no query, the city pack knows it. */
@Singleton
class IdeaFilterChoices {

    private final Catalogue catalogue;
    private final Places places;

    IdeaFilterChoices(Catalogue catalogue, Places places) {
        this.catalogue = catalogue;
        this.places = places;
    }

    @Introspected
    record Choice(String key, String label, boolean chosen) {}

    /**
     * @param icon as on the map
     * @param tone as on the map
     */
    @Introspected
    record Topic(String key, String label, String icon, String tone, boolean chosen) {}

    @Introspected
    record Choices(List<Topic> categories, List<Choice> districts, List<Choice> quarters) {}

    Choices of(IdeaFilter filter, Locale locale) {
        return new Choices(
                catalogue.categories().stream()
                        .filter(category -> !category.forwarded())
                        .map(category -> new Topic(
                                category.key(),
                                category.label(locale),
                                category.icon(),
                                category.tone(),
                                category.key().equals(filter.category())))
                        .toList(),
                places.districts().stream()
                        .map(district -> new Choice(
                                district.slug(),
                                district.name(),
                                district.slug().equals(filter.district())))
                        .toList(),
                places.quarters().stream()
                        .filter(quarter -> filter.district().isEmpty()
                                || quarter.districtSlug().equals(filter.district()))
                        .map(quarter -> new Choice(
                                quarter.key(), quarter.name(), quarter.key().equals(filter.quarter())))
                        .toList());
    }
}
