package motette.statements;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Fields of a form as a browser sends them. */
final class Sent {

    private Sent() {}

    /** Without what cannot be typed, and with one kind of line end. */
    static String text(Map<String, String> sent, String name) {
        return sent.getOrDefault(name, "")
                .replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "")
                .strip();
    }

    static Optional<Integer> number(Map<String, String> sent, String name, int least, int most) {
        var typed = text(sent, name);
        return typed.matches("[0-9]{1,6}")
                ? Optional.of(Integer.valueOf(typed)).filter(number -> number >= least && number <= most)
                : Optional.empty();
    }

    static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
