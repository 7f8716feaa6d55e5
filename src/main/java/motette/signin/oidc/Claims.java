package motette.signin.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a provider says of somebody, by name. Never printed. */
final class Claims {

    static final Claims NONE = new Claims(Map.of());

    private final Map<String, Object> said;

    Claims(Map<String, Object> said) {
        this.said = said;
    }

    /**
     * Every text that a claim holds: of a list each entry.
     *
     * @param path the claim's name; where there is none of that name, dots lead into objects
     */
    List<String> all(String path) {
        return texts(find(said, path));
    }

    /** The one text of a claim; empty when there is none or several. */
    Optional<String> one(String path) {
        var texts = all(path);
        return texts.size() == 1
                ? Optional.of(texts.getFirst().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    boolean isTrue(String name) {
        return "true".equals(String.valueOf(said.get(name)));
    }

    /** Said to be false, not merely unsaid. */
    boolean isFalse(String name) {
        return "false".equals(String.valueOf(said.get(name)));
    }

    private static @Nullable Object find(Map<?, ?> object, String path) {
        var whole = object.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        } else {
            return object.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                    ? find(inner, path.substring(dot + 1))
                    : null;
        }
    }

    private static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case String text -> List.of(text);
            case Number number -> List.of(number.toString());
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }

    @Override
    public String toString() {
        return "Claims";
    }
}
