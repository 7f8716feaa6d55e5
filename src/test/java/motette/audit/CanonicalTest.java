package motette.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form is that of RFC 8785, as its author's own implementation writes it. */
class CanonicalTest {

    @Property(tries = 2000)
    void the_form_is_that_of_the_reference_implementation(@ForAll("objects") Map<String, @Nullable Object> object)
            throws IOException {
        var ours = Canonical.bytes(object);
        assertThat(ours).isEqualTo(new JsonCanonicalizer(ours).getEncodedUTF8());
        assertThat(ours).isEqualTo(new JsonCanonicalizer(clumsy(object)).getEncodedUTF8());
        assertThat(Canonical.read(new String(ours, StandardCharsets.UTF_8))).isEqualTo(object);
    }

    @Test
    void names_stand_in_the_order_of_utf_16_and_control_characters_are_escaped_in_small_letters() {
        assertThat(Canonical.text(Map.of("\uD83D\uDE00", 1L, "\uFB33", 2L, "ö", 3L, "", 4L)))
                .isEqualTo("{\"\":4,\"ö\":3,\"\uD83D\uDE00\":1,\"\uFB33\":2}");
        assertThat(Canonical.text(Map.of("a", "\u001f\u0000\n\t\"\\/\u2028€")))
                .isEqualTo("{\"a\":\"\\u001f\\u0000\\n\\t\\\"\\\\/\u2028€\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{",
                "{}{}",
                "{} 1",
                "{\"a\":1.5}",
                "{\"a\":1e3}",
                "{\"a\":true}",
                "{\"a\":[1]}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":9007199254740992}",
                "{\"a\":-9007199254740992}",
                "{\"a\":99999999999999999999999}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00x\"}",
                "{\"\\ud800\":1,\"?\":1}",
                "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{}}}}}}}}}"
            })
    void what_has_more_than_one_form_is_refused(String json) {
        assertThatThrownBy(() -> Canonical.bytes(Canonical.read(json))).isInstanceOf(Canonical.Unfit.class);
    }

    @Provide
    Arbitrary<Map<String, @Nullable Object>> objects() {
        Arbitrary<Object> leaves = Arbitraries.<Object>oneOf(
                        texts().map(text -> (Object) text),
                        Arbitraries.longs()
                                .between(-(1L << 53) + 1, (1L << 53) - 1)
                                .map(number -> (Object) number))
                .injectNull(0.1);
        var inner = Arbitraries.maps(texts(), leaves).ofMaxSize(4);
        return Arbitraries.maps(texts(), Arbitraries.<Object>oneOf(leaves, inner.map(map -> (Object) map)))
                .ofMaxSize(6);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(8)
                .filter(text -> text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF));
    }

    /** The same object with white space, another order and everything escaped. */
    private static String clumsy(Map<String, @Nullable Object> object) {
        var reversed = new LinkedHashMap<String, @Nullable Object>();
        object.keySet().stream().toList().reversed().forEach(name -> reversed.put(name, object.get(name)));
        var out = new StringBuilder(" {\n");
        reversed.forEach((name, value) -> out.append(out.length() > 3 ? " , " : "")
                .append(escaped(name))
                .append(" : ")
                .append(clumsyValue(value)));
        return out.append("\n}").toString();
    }

    @SuppressWarnings("unchecked")
    private static String clumsyValue(@Nullable Object value) {
        return switch (value) {
            case String text -> escaped(text);
            case Map<?, ?> map -> clumsy((Map<String, @Nullable Object>) map);
            case null, default -> String.valueOf(value);
        };
    }

    private static String escaped(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(unit -> out.append("\\u%04X".formatted(unit)));
        return out.append('"').toString();
    }
}
