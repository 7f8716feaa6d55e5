package motette.ideas;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The part of the world a map shows, in degrees. */
record Window(double west, double south, double east, double north) {

    private static final Pattern DEGREES = Pattern.compile("-?\\d{1,3}(\\.\\d{1,20})?");

    /** Reads "west,south,east,north"; empty when it is none. */
    static Optional<Window> of(String bbox) {
        var parts = bbox.split(",");
        if (parts.length == 4
                && Arrays.stream(parts).allMatch(part -> DEGREES.matcher(part).matches())) {
            var numbers = Arrays.stream(parts).mapToDouble(Double::parseDouble).toArray();
            return numbers[0] <= numbers[2] && numbers[1] <= numbers[3]
                    ? Optional.of(new Window(numbers[0], numbers[1], numbers[2], numbers[3]))
                    : Optional.empty();
        } else {
            return Optional.empty();
        }
    }

    /** Whether any of a box lies in it, its edges included. */
    boolean touches(double boxWest, double boxSouth, double boxEast, double boxNorth) {
        return boxEast >= west && boxWest <= east && boxNorth >= south && boxSouth <= north;
    }

    boolean contains(double lon, double lat) {
        return lon >= west && lon <= east && lat >= south && lat <= north;
    }
}
