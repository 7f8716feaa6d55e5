package motette.applications;

import io.micronaut.core.annotation.Introspected;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What somebody changed between two versions, field by field. */
final class Differences {

    /** Words in the order of the steps; whatever is of the plan comes last. */
    private static final List<String> ORDER = List.of(
            "title",
            "quarter",
            "community",
            "place",
            "kind",
            "what",
            "for-whom",
            "how",
            "partners",
            "from",
            "to",
            "legal",
            "name",
            "legal-form",
            "contact",
            "street",
            "postcode",
            "town",
            "phone",
            "email",
            "asked");

    private static final Set<String> PRIVATE =
            Set.of("name", "contact", "street", "postcode", "town", "phone", "email");

    private Differences() {}

    /**
     * @param field  key of its text
     * @param number of the line in the plan; 0 elsewhere
     */
    @Introspected
    record Difference(String field, int number, String before, String after) {

        /** What the names of its values begin with, where they are keys; empty where they are words. */
        String prefix() {
            return switch (field) {
                case "kind" -> "kind.";
                case "legal" -> "applications.legal.";
                case "finance-source" -> "applications.source.";
                default -> "";
            };
        }

        Difference with(UnaryOperator<String> names) {
            return new Difference(
                    field,
                    number,
                    before.isEmpty() ? "" : names.apply(before),
                    after.isEmpty() ? "" : names.apply(after));
        }

        /** Says who somebody is or where they live. */
        boolean isPrivate() {
            return PRIVATE.contains(field);
        }
    }

    static List<Difference> between(Map<String, String> before, Map<String, String> after) {
        var names = new LinkedHashSet<>(ORDER);
        for (var side : List.of("cost", "finance")) {
            for (int i = 1; i <= Plan.MOST_LINES; i++) {
                for (var part : List.of("-source", "-what", "-amount")) {
                    names.add(side + i + part);
                }
            }
        }
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            var old = before.getOrDefault(name, "").strip();
            var now = after.getOrDefault(name, "").strip();
            if (!old.equals(now)) {
                differences.add(difference(name, old, now));
            }
        }
        return List.copyOf(differences);
    }

    private static Difference difference(String name, String before, String after) {
        var line = name.matches("(cost|finance)\\d+-\\w+");
        return line
                ? new Difference(
                        name.replaceAll("\\d+", ""), Integer.parseInt(name.replaceAll("\\D+", "")), before, after)
                : new Difference(name, 0, before, after);
    }
}
