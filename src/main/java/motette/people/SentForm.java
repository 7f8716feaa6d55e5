package motette.people;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.exceptions.HttpStatusException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A form that somebody signed in has sent, field by field and in order, so that a page which has to ask something first can
 * send it again with nothing lost. Held by its request only.
 */
public record SentForm(List<Field> fields) {

    private static final String ATTRIBUTE = "motette.sent-form";

    @Introspected
    public record Field(String name, String value) {}

    /** The form of this request; without fields where there was none or where it came in parts. */
    public static SentForm of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, SentForm.class).orElseGet(() -> new SentForm(List.of()));
    }

    static SentForm of(String body) {
        try {
            return new SentForm(Arrays.stream(body.split("&"))
                    .filter(pair -> !pair.isEmpty())
                    .map(SentForm::field)
                    .toList());
        } catch (IllegalArgumentException unreadable) {
            throw new HttpStatusException(HttpStatus.BAD_REQUEST, "unreadable form");
        }
    }

    void keepIn(HttpRequest<?> request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** The first value of a field; empty where there is none. */
    public String value(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    private static Field field(String pair) {
        int end = pair.indexOf('=');
        return end < 0
                ? new Field(decoded(pair), "")
                : new Field(decoded(pair.substring(0, end)), decoded(pair.substring(end + 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
