package motette.ideas;

import io.micronaut.core.annotation.Introspected;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What somebody has begun to write, as text, exactly as typed.
 *
 * @param secret proves that this device began it; only its hash is stored
 */
@Introspected
record Draft(UUID id, String secret, Map<String, String> fields) {

    static final String LON = "lon";
    static final String LAT = "lat";
    static final String EXACT = "exact";
    static final String QUARTER = "quarter";
    static final String COMMUNITY = "community";
    static final String PLACE = "place";
    static final String CATEGORY = "category";
    static final String TITLE = "title";
    static final String DESCRIPTION = "description";
    static final String KIND = "kind";
    static final String COST = "cost";
    static final String GROUPS = "groups";
    /** Tag of the language it is written in; empty where it is that of the page. */
    static final String LANGUAGE = "language";

    static final String REVISES = "revises";

    /** Photos of the revised idea that go when the draft is handed in, their ids with commas between. */
    static final String DROPPED = "dropped";

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    boolean has(String field) {
        return !get(field).isBlank();
    }

    List<String> groups() {
        return Arrays.stream(get(GROUPS).split(","))
                .filter(group -> !group.isBlank())
                .toList();
    }

    Draft with(Map<String, String> more) {
        var all = new LinkedHashMap<>(fields);
        all.putAll(more);
        return new Draft(id, secret, Map.copyOf(all));
    }

    /** Value of the cookie. */
    String ticket() {
        return id + "." + secret;
    }

    /** Without secret and words: this may end up in a log. */
    @Override
    public String toString() {
        return "Draft[" + id + "]";
    }
}
