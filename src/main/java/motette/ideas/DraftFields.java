package motette.ideas;

import java.util.HashMap;
import java.util.Map;
import motette.shared.Languages;
import org.jspecify.annotations.Nullable;

/** What somebody typed about an idea, as a draft keeps it: the same from the steps of proposing and from what a device kept. */
final class DraftFields {

    private DraftFields() {}

    static Map<String, String> topic(Map<String, String> form) {
        return Map.of(
                Draft.CATEGORY, form.getOrDefault(Draft.CATEGORY, ""), Draft.TITLE, form.getOrDefault(Draft.TITLE, ""));
    }

    /** A kind not chosen and a language that we do not know leave the draft as it was. */
    static Map<String, String> text(
            @Nullable String description, @Nullable String kind, @Nullable String cost, @Nullable String language) {
        var typed = new HashMap<String, String>();
        typed.put(Draft.DESCRIPTION, description == null ? "" : description);
        typed.put(Draft.COST, cost == null ? "" : cost.strip());
        if (kind != null) {
            typed.put(Draft.KIND, kind);
        }
        Languages.find(language == null ? "" : language)
                .ifPresent(written -> typed.put(Draft.LANGUAGE, Languages.tag(written)));
        return typed;
    }
}
