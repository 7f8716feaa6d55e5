package motette.site;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import motette.places.CityPack;

/** Hard words, explained in Leichte Sprache. */
@Introspected
record Words(List<Word> items) {

    /**
     * One word.
     *
     * @param german what other pages call it; empty where that is the same
     */
    @Introspected
    record Word(String word, String german, String means) {}

    static Words of(CityPack city, JsonMapper json) {
        try {
            var file = json.readValue(city.text("words.json"), Argument.mapOf(String.class, Object.class));
            return new Words(((List<?>) file.getOrDefault("items", List.of()))
                    .stream()
                            .map(item -> (Map<?, ?>) item)
                            .map(item -> new Word(text(item, "word"), text(item, "german"), text(item, "means")))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<?, ?> item, String name) {
        var text = item.get(name);
        return text == null ? "" : text.toString();
    }
}
