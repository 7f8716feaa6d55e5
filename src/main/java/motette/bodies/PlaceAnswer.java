package motette.bodies;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import motette.bodies.Responsible.Choose;
import motette.bodies.Responsible.Decided;
import motette.places.Quarter;
import org.jspecify.annotations.Nullable;

/**
 * What a place picker says about a point.
 *
 * @param body    null outside and where there is something to choose
 * @param choices what the person has to choose from; mostly nothing
 */
@Serdeable.Serializable
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlaceAnswer(
        boolean inside,
        @Nullable Named quarter,
        @Nullable Named district,
        @Nullable Named body,
        List<Option> choices) {

    @Serdeable.Serializable
    record Named(String key, String name) {}

    @Serdeable.Serializable
    record Option(String communityKey, String name, Named body) {}

    static PlaceAnswer outside() {
        return new PlaceAnswer(false, null, null, null, List.of());
    }

    static PlaceAnswer inside(Quarter quarter, Responsible responsible) {
        var place = new Named(quarter.key(), quarter.name());
        var district = new Named(quarter.districtKey(), quarter.districtName());
        return switch (responsible) {
            case Decided decided -> new PlaceAnswer(true, place, district, named(decided.body()), List.of());
            case Choose choose ->
                new PlaceAnswer(
                        true,
                        place,
                        district,
                        null,
                        choose.choices().stream()
                                .map(choice -> new Option(choice.communityKey(), choice.name(), named(choice.body())))
                                .toList());
        };
    }

    private static Named named(Body body) {
        return new Named(body.key(), body.name());
    }
}
