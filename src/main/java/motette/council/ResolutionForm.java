package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import motette.shared.Money;
import motette.statements.Given;
import org.jspecify.annotations.Nullable;

/** What the chair typed, as text. */
@Introspected
record ResolutionForm(
        String requestId,
        String kind,
        String amount,
        String yes,
        String no,
        String abstentions,
        String decidedOn,
        String reason,
        boolean statement) {

    private static final int LONGEST = 4000;

    /** A new form: the cost of the idea, today, nothing else. */
    static ResolutionForm fresh(@Nullable Long costCents, LocalDate today) {
        var amount = costCents == null || costCents == 0 ? "" : new Money(costCents).typed();
        return new ResolutionForm(UUID.randomUUID().toString(), "", amount, "", "", "", today.toString(), "", false);
    }

    static ResolutionForm of(Map<String, String> fields) {
        return new ResolutionForm(
                RoomForm.text(fields, "request_id", LONGEST),
                RoomForm.text(fields, "kind", LONGEST),
                RoomForm.text(fields, "amount", LONGEST),
                RoomForm.text(fields, "yes", LONGEST),
                RoomForm.text(fields, "no", LONGEST),
                RoomForm.text(fields, "abstentions", LONGEST),
                RoomForm.text(fields, "decided_on", LONGEST),
                RoomForm.text(fields, "reason", LONGEST),
                !RoomForm.text(fields, "statement", LONGEST).isEmpty());
    }

    /** Where offices were asked here, what they answered counts and no tick; else the chair says that it was in the papers. */
    ResolutionForm stated(Given given) {
        return given.isAsked()
                ? new ResolutionForm(requestId, kind, amount, yes, no, abstentions, decidedOn, reason, given.given())
                : this;
    }

    Optional<UUID> request() {
        return RoomForm.uuid(requestId);
    }

    Optional<Decision> decision() {
        return Decision.find(kind).filter(found -> found != Decision.RECOMMENDED);
    }

    Optional<Money> money() {
        return Money.parse(amount);
    }

    /** A day as the field of a browser sends it: years with a sign or more digits are no day of the database. */
    Optional<LocalDate> day() {
        try {
            return decidedOn.matches("\\d{4}-\\d\\d-\\d\\d")
                    ? Optional.of(LocalDate.parse(decidedOn))
                    : Optional.empty();
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    static OptionalInt votes(String typed) {
        return typed.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(typed)) : OptionalInt.empty();
    }
}
