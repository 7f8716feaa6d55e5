package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import motette.shared.Time;

/**
 * A session (Sitzung) as it stands now.
 *
 * @param version     1 as planned at first; each change of day, time or place is one more
 * @param change      why it was changed last; empty while it stands as planned at first
 * @param urgency     why the notice of the day it was moved to is shorter than the rules ask for; empty where it is not
 * @param cancelled   why it does not take place; empty where it does
 * @param standsSince when this was last made known
 */
@Introspected
record CouncilSession(
        long id,
        String bodyKey,
        String bodyName,
        int version,
        Instant startsAt,
        String venue,
        String address,
        String change,
        String cancelled,
        Instant standsSince,
        String urgency) {

    private static final Duration LONGEST = Duration.ofHours(18);

    boolean isCancelled() {
        return !cancelled.isEmpty();
    }

    boolean isMoved() {
        return version > 1 && !isCancelled();
    }

    /** From its begin on, its plan is history. */
    boolean isOver(Instant now) {
        return !now.isBefore(startsAt);
    }

    /** On its day, and on past midnight where it goes on: then it can be opened and followed. */
    boolean isOn(Instant now) {
        return !isCancelled()
                && !now.isBefore(day().atStartOfDay(Time.ZONE).toInstant())
                && now.isBefore(startsAt.plus(LONGEST));
    }

    LocalDate day() {
        return startsAt.atZone(Time.ZONE).toLocalDate();
    }

    String path() {
        return "/council/" + bodyKey + "/sessions/" + id;
    }
}
