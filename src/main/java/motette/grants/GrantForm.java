package motette.grants;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import motette.shared.RowNumbers;
import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;

/** What the forms of grants send, read from text. */
final class GrantForm {

    private GrantForm() {}

    static boolean isIban(String iban) {
        try {
            IbanUtil.validate(iban);
            return true;
        } catch (Iban4jException e) {
            return false;
        }
    }

    static String text(Map<String, String> form, String name) {
        return form.getOrDefault(name, "")
                .replace("\u0000", "")
                .replace("\r\n", "\n")
                .strip();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static Long number(Map<String, String> form, String name) {
        return RowNumbers.find(form.getOrDefault(name, "")).orElse(0L);
    }

    static Optional<UUID> request(Map<String, String> form) {
        var text = form.getOrDefault("request", "");
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    static Optional<LocalDate> day(Map<String, String> form, String name) {
        var text = form.getOrDefault(name, "");
        try {
            return text.matches("2\\d{3}-\\d\\d-\\d\\d") ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
