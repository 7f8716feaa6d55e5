package motette.opendata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands behind the question mark. A misspelt name is refused too: ignoring it would answer another question. */
final class Parameters {

    private final Map<String, List<String>> sent;

    Parameters(Map<String, List<String>> sent, Set<String> known) {
        this.sent = sent;
        sent.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw ApiProblem.badParameter(
                        name,
                        String.join(",", values),
                        known.isEmpty()
                                ? "this address takes no parameters"
                                : "this address only knows "
                                        + known.stream().sorted().collect(Collectors.joining(", ")));
            } else if (values.size() > 1) {
                throw ApiProblem.badParameter(name, String.join(",", values), "it can be given only once");
            }
        });
    }

    /** Empty when not sent or sent empty, as forms do. */
    Optional<String> text(String name) {
        return Optional.ofNullable(sent.get(name)).map(List::getFirst).filter(value -> !value.isEmpty());
    }

    int number(String name, int otherwise, int from, int to) {
        return text(name)
                .map(value -> {
                    var number = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
                    if (number < from || number > to) {
                        throw ApiProblem.badParameter(
                                name, value, "it must be a whole number from " + from + " to " + to);
                    }
                    return number;
                })
                .orElse(otherwise);
    }

    Optional<String> oneOf(String name, Set<String> allowed) {
        var value = text(name);
        if (value.isPresent() && !allowed.contains(value.get())) {
            throw ApiProblem.badParameter(
                    name,
                    value.get(),
                    "it must be one of " + allowed.stream().sorted().collect(Collectors.joining(", ")));
        }
        return value;
    }

    Optional<String> words(String name) {
        var value = text(name).map(String::strip);
        if (value.isPresent()
                && (value.get().length() < 2
                        || value.get().length() > 100
                        || value.get().chars().anyMatch(Character::isISOControl))) {
            throw ApiProblem.badParameter(name, value.get(), "it must be 2 to 100 printable characters");
        }
        return value;
    }

    Optional<Box> box(String name) {
        return text(name)
                .map(value -> Box.parse(value)
                        .orElseThrow(() -> ApiProblem.badParameter(
                                name,
                                value,
                                "it must be west,south,east,north in degrees, for example 12.3,51.3,12.5,51.4, west"
                                        + " before east and south below north")));
    }

    /** Degrees, WGS 84. */
    record Box(double west, double south, double east, double north) {

        static Optional<Box> parse(String text) {
            var number = "-?\\d{1,3}(?:\\.\\d{1,15})?";
            if (text.matches(number + "(," + number + "){3}")) {
                var parts = text.split(",");
                var box = new Box(
                        Double.parseDouble(parts[0]),
                        Double.parseDouble(parts[1]),
                        Double.parseDouble(parts[2]),
                        Double.parseDouble(parts[3]));
                return Optional.of(box).filter(Box::isOnEarth);
            } else {
                return Optional.empty();
            }
        }

        private boolean isOnEarth() {
            return west >= -180 && east <= 180 && south >= -90 && north <= 90 && west <= east && south <= north;
        }
    }
}
