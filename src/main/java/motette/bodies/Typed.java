package motette.bodies;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** What fields of the forms about bodies say. */
final class Typed {

    private Typed() {}

    /** One line: breaks and signs that cannot be seen become spaces. */
    static String line(Map<String, String> sent, String field) {
        return sent.getOrDefault(field, "")
                .replaceAll("[\\p{Cc}\\u200B\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }

    static Optional<LocalDate> day(String text) {
        try {
            return text.matches("[12]\\d{3}-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException no) {
            return Optional.empty();
        }
    }

    static OptionalInt number(String text, int least, int most) {
        if (text.matches("\\d{1,6}")) {
            int number = Integer.parseInt(text);
            return number >= least && number <= most ? OptionalInt.of(number) : OptionalInt.empty();
        } else {
            return OptionalInt.empty();
        }
    }

    static Optional<UUID> request(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
