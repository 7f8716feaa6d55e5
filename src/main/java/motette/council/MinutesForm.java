package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.Problems;

/**
 * What came from a form of the minutes, as it was typed.
 *
 * @param base     the version that was seen; 0 before the first, -1 where it cannot be read
 * @param typed    what is added, by the key of the part
 * @param how      "lapse", or the number of the session that approved
 * @param everyone whether the public reads a correction
 */
@Introspected
record MinutesForm(
        int base, Map<String, String> typed, String role, String how, String request, boolean everyone, String words) {

    static final int LONGEST_TEXT = 5000;
    private static final int SHORTEST_CORRECTION = 10;
    private static final int LONGEST_CORRECTION = 2000;
    private static final String TEXT = "text-";

    static MinutesForm of(Map<String, String> fields) {
        var typed = new HashMap<String, String>();
        fields.forEach((name, value) -> {
            if (name.matches(TEXT + "[a-z0-9]{1,20}")) {
                typed.put(name.substring(TEXT.length()), text(value, 2 * LONGEST_TEXT));
            }
        });
        var base = fields.getOrDefault("base", "");
        return new MinutesForm(
                base.matches("[0-9]{1,6}") ? Integer.parseInt(base) : -1,
                Map.copyOf(typed),
                text(fields.getOrDefault("role", ""), 20),
                text(fields.getOrDefault("how", ""), 20),
                text(fields.getOrDefault("request_id", ""), 40),
                !fields.getOrDefault("everyone", "").isEmpty(),
                text(fields.getOrDefault("words", ""), 2 * LONGEST_CORRECTION));
    }

    Problems textProblems() {
        var problems = Problems.none();
        typed.forEach((key, value) -> {
            if (SessionForm.length(value) > LONGEST_TEXT) {
                problems.add(TEXT + key, "minutes.problem.text.long", LONGEST_TEXT);
            }
        });
        return problems;
    }

    Problems correctionProblems() {
        var problems = Problems.none();
        if (SessionForm.length(words) < SHORTEST_CORRECTION) {
            problems.add("words", "minutes.problem.correction");
        } else if (SessionForm.length(words) > LONGEST_CORRECTION) {
            problems.add("words", "minutes.problem.text.long", LONGEST_CORRECTION);
        }
        return problems;
    }

    Optional<UUID> requestId() {
        try {
            return Optional.of(UUID.fromString(request));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String text(String typed, int longest) {
        var text = typed.replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
        return text.length() > longest ? text.substring(0, longest) : text;
    }
}
