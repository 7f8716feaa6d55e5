package motette.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in its one canonical form (RFC 8785), for what the audit says: words, whole numbers up to 2⁵³ − 1, null, and objects of
 * these. Without fractions and arrays the form is plain: names in the order of their UTF-16 code units, no white space, and one
 * way to escape. A test compares it with the reference implementation of the standard's author.
 */
final class Canonical {

    private static final long LARGEST = (1L << 53) - 1;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(1 << 20)
                    .build())
            .build()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Canonical() {}

    /** What is not JSON of this kind; one English half sentence. */
    static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** @throws Unfit when there is something else in it than words, whole numbers, null and objects */
    static byte[] bytes(Map<String, ?> object) {
        return text(object).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Map<String, ?> object) {
        var out = new StringBuilder();
        write(object, out);
        return out.toString();
    }

    /** @throws Unfit when it is no single JSON object of this kind, or a name stands twice */
    static Map<String, @Nullable Object> read(String json) {
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unfit("it is no JSON object");
            }
            var object = object(parser);
            if (parser.nextToken() != null) {
                throw new Unfit("behind the JSON object stands something else");
            }
            return object;
        } catch (JsonProcessingException broken) {
            throw new Unfit("it is not JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            object.put(
                    name,
                    switch (parser.nextToken()) {
                        case START_OBJECT -> object(parser);
                        case VALUE_STRING -> whole(parser.getText());
                        case VALUE_NUMBER_INT -> number(parser);
                        case VALUE_NULL -> null;
                        case null, default -> throw new Unfit("'" + name + "' is neither a text nor a whole number");
                    });
        }
        return object;
    }

    private static long number(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER || Math.abs(parser.getLongValue()) > LARGEST) {
            throw new Unfit("a number is too large");
        }
        return parser.getLongValue();
    }

    /** Half a surrogate pair has no UTF-8 and would be written as another character. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                throw new Unfit("a text has half a character");
            }
        }
        return text;
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(whole(text), out);
            case Integer number -> out.append(number.intValue());
            case Long number when Math.abs(number) <= LARGEST -> out.append(number.longValue());
            case Map<?, ?> object -> writeObject(object, out);
            default -> throw new Unfit("'" + value + "' is neither a text nor a whole number");
        }
    }

    private static void writeObject(Map<?, ?> object, StringBuilder out) {
        var sorted = new TreeMap<String, @Nullable Object>();
        object.forEach((name, value) -> sorted.put(whole(String.valueOf(name)), value));
        out.append('{');
        sorted.forEach((name, value) -> {
            if (out.charAt(out.length() - 1) != '{') {
                out.append(',');
            }
            quote(name, out);
            out.append(':');
            write(value, out);
        });
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (unit < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(unit >> 4, 16))
                                .append(Character.forDigit(unit & 15, 16));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }
}
