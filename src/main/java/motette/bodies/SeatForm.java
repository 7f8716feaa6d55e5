package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.Map;
import motette.shared.Reason;

/**
 * Who is to sit where, as it was typed.
 *
 * @param member number of the role
 * @param from   first day on the new seat, as "2027-01-31"; empty for today
 */
@Introspected
record SeatForm(String member, String seat, String from, String reason) {

    static SeatForm fresh(LocalDate today) {
        return new SeatForm("", "", today.toString(), "");
    }

    static SeatForm of(Map<String, String> sent) {
        return new SeatForm(
                Typed.line(sent, "member"), Typed.line(sent, "seat"), Typed.line(sent, "seat_from"), Reason.of(sent));
    }
}
