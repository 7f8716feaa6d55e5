package motette.votes;

import io.micronaut.core.annotation.Introspected;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import motette.residence.QuarterGroup;
import motette.shared.Problems;

/**
 * What a coordinator types from an identity card.
 *
 * @param kind    paper or kiosk
 * @param stacks  paper: what is left to hand out
 * @param further whether somebody may vote in a second district
 * @param others  kiosk: districts for it
 * @param attempt of this form
 */
@Introspected
record CardPage(
        String kind,
        String slug,
        String title,
        Map<String, String> typed,
        Problems problems,
        List<QuarterGroup> groups,
        List<Option> stacks,
        boolean further,
        List<Option> others,
        String attempt) {

    private static final List<String> FIELDS =
            List.of("given", "family", "born", "street", "postcode", "quarter", "stack", "second", "further", "tablet");

    /** @param left sheets in a stack */
    @Introspected
    record Option(String key, String name, int left) {}

    /** Every field, empty where nothing was typed. */
    static Map<String, String> typed(Map<String, String> sent) {
        var typed = new TreeMap<String, String>();
        FIELDS.forEach(field -> typed.put(field, sent.getOrDefault(field, "")));
        return typed;
    }

    static String attempt(Map<String, String> sent) {
        var attempt = sent.getOrDefault("attempt", "");
        return attempt.matches("[0-9a-f-]{36}") ? attempt : UUID.randomUUID().toString();
    }
}
