package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import motette.places.CityPack;
import motette.shared.Languages;

/** The categories and target groups of the city pack. */
@Singleton
public class Catalogue {

    private final List<Category> categories;
    private final List<TargetGroup> targetGroups;
    private final Map<String, Category> byKey;

    /** @param forwarded true for requests that are handed on to the report service of the city */
    @Introspected
    public record Category(
            String key,
            Map<String, String> labels,
            Map<String, String> examples,
            String icon,
            String tone,
            boolean forwarded) {

        public String label(Locale locale) {
            return Languages.choose(labels, locale).orElse(key);
        }

        public String example(Locale locale) {
            return Languages.choose(examples, locale).orElse("");
        }
    }

    @Introspected
    public record TargetGroup(String key, Map<String, String> labels) {

        public String label(Locale locale) {
            return Languages.choose(labels, locale).orElse(key);
        }
    }

    Catalogue(CityPack pack, JsonMapper json) {
        this.categories = items(pack.text("categories.json"), json).stream()
                .map(item -> new Category(
                        text(item, "key"),
                        texts(item, "labels"),
                        texts(item, "example"),
                        text(item, "icon"),
                        text(item, "color"),
                        Boolean.TRUE.equals(item.get("isForwarded"))))
                .toList();
        this.byKey = categories.stream().collect(Collectors.toUnmodifiableMap(Category::key, category -> category));
        this.targetGroups = items(pack.text("target-groups.json"), json).stream()
                .map(item -> new TargetGroup(text(item, "key"), texts(item, "labels")))
                .toList();
    }

    public List<Category> categories() {
        return categories;
    }

    public List<TargetGroup> targetGroups() {
        return targetGroups;
    }

    public Optional<Category> category(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public Optional<TargetGroup> targetGroup(String key) {
        return targetGroups.stream().filter(group -> group.key().equals(key)).findFirst();
    }

    /** Labels of target groups in the order of the city pack. */
    public List<String> groupLabels(Collection<String> keys, Locale locale) {
        return targetGroups.stream()
                .filter(group -> keys.contains(group.key()))
                .map(group -> group.label(locale))
                .toList();
    }

    /** @throws IllegalStateException when the city pack no longer knows the category of an idea */
    public Category known(String key) {
        return category(key)
                .orElseThrow(() -> new IllegalStateException("The city pack knows no category '" + key + "'"));
    }

    public String labelOf(String categoryKey, Locale locale) {
        return category(categoryKey).map(category -> category.label(locale)).orElse(categoryKey);
    }

    private static List<Map<String, Object>> items(String text, JsonMapper json) {
        try {
            var file = json.readValue(text, Argument.mapOf(String.class, Object.class));
            return ((List<?>) file.getOrDefault("items", List.of()))
                    .stream().map(Catalogue::object).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object item) {
        return (Map<String, Object>) item;
    }

    private static String text(Map<String, Object> item, String name) {
        return String.valueOf(item.getOrDefault(name, ""));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> texts(Map<String, Object> item, String name) {
        return (Map<String, String>) item.getOrDefault(name, Map.of());
    }
}
