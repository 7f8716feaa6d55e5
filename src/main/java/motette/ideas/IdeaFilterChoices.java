package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import motette.places.Places;
import motette.shared.Standing;

/** What the filter bar offers; it needs no query, the city pack knows it. */
@Singleton
class IdeaFilterChoices {

    private final Catalogue catalogue;
    private final Places places;

    /** What there is to choose from where nothing is chosen yet, by language. */
    private final Map<Locale, Choices> open = new ConcurrentHashMap<>();

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
        var standing = open.computeIfAbsent(locale, language -> {
            var all = among(IdeaFilter.all(), language);
            return new Choices(
                    new Standing<>(all.categories()), new Standing<>(all.districts()), new Standing<>(all.quarters()));
        });
        if (filter.category().isEmpty()
                && filter.district().isEmpty()
                && filter.quarter().isEmpty()) {
            return standing;
        } else {
            return among(filter, locale);
        }
    }

    private Choices among(IdeaFilter filter, Locale locale) {
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
