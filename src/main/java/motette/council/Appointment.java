package motette.council;

import java.time.Instant;
import java.time.LocalDate;
import motette.shared.Time;

/**
 * When and where.
 *
 * @param venue   2 to 200 characters
 * @param address up to 200 characters; empty where the venue says it all
 */
record Appointment(Instant startsAt, String venue, String address) {

    LocalDate day() {
        return startsAt.atZone(Time.ZONE).toLocalDate();
    }
}
