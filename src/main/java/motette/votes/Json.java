package motette.votes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON of published rounds: objects, lists, words, whole numbers, true and false; nothing is ever null. The same content gives the
 * same bytes.
 */
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(12).build())
            .build()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Json() {}

    /** What is not JSON of this kind; an English half sentence. */
    static final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unfit(String sentence) {
            super(sentence, null, false, false);
        }
    }

    static byte[] bytes(Map<String, ?> object) {
        var out = new ByteArrayOutputStream();
        var lines = new DefaultIndenter(" ", "\n");
        try (var json = FACTORY.createGenerator(out)) {
            json.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            write(object, json);
            json.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (var each : object.entrySet()) {
                    json.writeFieldName(String.valueOf(each.getKey()));
                    write(each.getValue(), json);
                }
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                for (var each : list) {
                    write(each, json);
                }
                json.writeEndArray();
            }
            case Boolean truth -> json.writeBoolean(truth);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(value.toString());
        }
    }

    /** @throws Unfit when it is no single object of this kind, or a name stands twice */
    static Fields read(byte[] bytes) {
        try (var parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unfit("is no JSON object");
            }
            var object = object(parser);
            if (parser.nextToken() != null) {
                throw new Unfit("has something else behind its JSON object");
            }
            return new Fields(object);
        } catch (JsonProcessingException broken) {
            throw new Unfit("is not JSON");
        } catch (IOException unreadable) {
            throw new Unfit("cannot be read");
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var list = new ArrayList<Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> throw new Unfit("holds a value that no published round has");
        };
    }

    /** The fields of an object, each of its kind or {@link Unfit}. */
    record Fields(Map<String, Object> all) {

        String text(String name) {
            return of(name, String.class);
        }

        long number(String name) {
            return of(name, Long.class);
        }

        boolean truth(String name) {
            return of(name, Boolean.class);
        }

        boolean has(String name) {
            return all.containsKey(name);
        }

        Fields object(String name) {
            return fields(of(name, Map.class));
        }

        List<Fields> objects(String name) {
            return list(name).stream().map(Fields::fields).toList();
        }

        List<?> list(String name) {
            return of(name, List.class);
        }

        private static Fields fields(Object value) {
            if (value instanceof Map<?, ?> map) {
                var fields = new LinkedHashMap<String, Object>();
                map.forEach((key, each) -> fields.put(String.valueOf(key), each));
                return new Fields(fields);
            } else {
                throw new Unfit("has a list of something else than objects");
            }
        }

        private <T> T of(String name, Class<T> kind) {
            var value = all.get(name);
            if (kind.isInstance(value)) {
                return kind.cast(value);
            } else {
                throw new Unfit("has no " + name + " of the right kind");
            }
        }
    }
}
