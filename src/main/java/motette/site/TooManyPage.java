package motette.site;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import motette.limits.TooMany;
import motette.shared.Refusal;

/**
 * What somebody reads who sent too much in a short time.
 *
 * @param action where the form is sent to again; empty where nothing was typed
 * @param typed  the fields of the form as they were sent
 * @param parts  whether the form is sent in parts (multipart/form-data)
 */
@Introspected
record TooManyPage(Refusal refusal, String action, List<Field> typed, boolean parts) {

    @Introspected
    record Field(String name, String value) {}

    static TooManyPage of(TooMany tooMany, boolean parts) {
        return new TooManyPage(
                tooMany.pause().refusal(),
                tooMany.path(),
                tooMany.typed().entrySet().stream()
                        .flatMap(field -> field.getValue().stream().map(value -> new Field(field.getKey(), value)))
                        .toList(),
                parts);
    }
}
