package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.util.Map;
import motette.shared.Reason;

/**
 * Who is to sit where, as it was typed.
 *
 * @param member number of the role
 */
@Introspected
record SeatForm(String member, String seat, String reason) {

    static final SeatForm EMPTY = new SeatForm("", "", "");

    static SeatForm of(Map<String, String> sent) {
        return new SeatForm(Typed.line(sent, "member"), Typed.line(sent, "seat"), Reason.of(sent));
    }
}
