package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A selection as it is typed.
 *
 * @param version what it was typed on
 * @param deed    "keep", "motions", or "take-" with the key of a proposal
 * @param lines   by item
 */
@Introspected
record SelectionForm(String requestId, int version, String deed, Map<Long, Typed> lines) {

    static final int LONGEST_REASON = 1000;

    /** More items than an agenda has; whoever sends more has not used the form. */
    private static final int MOST = 500;

    @Introspected
    record Typed(boolean chosen, String amount, String reason) {}

    static SelectionForm of(Map<String, String> fields) {
        var lines = new HashMap<Long, Typed>();
        fields.keySet().stream()
                .filter(name -> name.startsWith("amount-"))
                .limit(MOST)
                .map(name -> name.substring("amount-".length()))
                .forEach(item -> Addresses.number(item)
                        .ifPresent(number -> lines.put(
                                number,
                                new Typed(
                                        fields.containsKey("in-" + item),
                                        RoomForm.text(fields, "amount-" + item, 30),
                                        RoomForm.text(fields, "reason-" + item, 2 * LONGEST_REASON)))));
        return new SelectionForm(
                RoomForm.text(fields, "request_id", 40),
                Addresses.number(fields.getOrDefault("version", ""))
                        .filter(version -> version < Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .orElse(0),
                RoomForm.text(fields, "deed", 20),
                Map.copyOf(lines));
    }

    /** As it was saved last. */
    static SelectionForm of(Selection selection) {
        var lines = new HashMap<Long, Typed>();
        selection
                .lines()
                .values()
                .forEach(line -> lines.put(
                        line.item(),
                        new Typed(
                                line.chosen(),
                                line.amount().isZero() ? "" : line.amount().typed(),
                                line.reason())));
        return new SelectionForm(UUID.randomUUID().toString(), selection.version(), "", Map.copyOf(lines));
    }

    Optional<UUID> request() {
        return RoomForm.uuid(requestId);
    }

    boolean moves() {
        return deed.equals("motions");
    }

    /** The proposal that is to be taken over; empty where none is. */
    Optional<String> taken() {
        return deed.startsWith("take-") ? Optional.of(deed.substring("take-".length())) : Optional.empty();
    }

    Typed line(long item) {
        return lines.getOrDefault(item, new Typed(false, "", ""));
    }
}
