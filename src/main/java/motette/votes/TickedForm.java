package motette.votes;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A ballot as the browser sends it: a field {@code c<number>} for each candidate, with its points, 1 where the form knows none. */
final class TickedForm {

    private static final Pattern FIELD = Pattern.compile("c(\\d{1,4})");

    private TickedForm() {}

    /** What is no number gives no point; too many stay too many, for a sentence that says so. */
    static Choice choice(Map<String, String> sent) {
        var points = new TreeMap<Integer, Integer>();
        sent.forEach((name, value) -> {
            var field = FIELD.matcher(name);
            if (field.matches()) {
                points.put(Integer.valueOf(field.group(1)), points(value.strip()));
            }
        });
        return Choice.of(points);
    }

    private static int points(String typed) {
        if (typed.matches("\\d{1,2}")) {
            return Integer.parseInt(typed);
        } else {
            return typed.matches("\\d+") ? 99 : 0;
        }
    }
}
