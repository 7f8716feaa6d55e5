package motette.people;

import io.micronaut.core.annotation.Introspected;
import java.time.Instant;
import java.time.LocalDate;
import motette.shared.Time;
import org.jspecify.annotations.Nullable;

/**
 * A row of roles: who, what, where, how long, and why.
 *
 * @param scope     key of the body or area; empty for the whole city
 * @param to        last day as granted; null while open
 * @param beginsAt  first moment at which it acts
 * @param actsUntil first moment at which it acts no longer; null while open
 * @param grantedBy pseudonym; empty where nobody is known
 * @param endedAt   null while only its term ends it
 */
@Introspected
record RoleTerm(
        long id,
        long personId,
        RoleName name,
        String scope,
        LocalDate from,
        @Nullable LocalDate to,
        Instant beginsAt,
        @Nullable Instant actsUntil,
        String reason,
        String grantedBy,
        @Nullable Instant endedAt,
        String endedBy,
        String endReason) {

    /** Whether it acts at some moment of a time; {@code until} null is open. */
    boolean overlaps(Instant since, @Nullable Instant until) {
        return (until == null || beginsAt.isBefore(until)) && !isOver(since);
    }

    boolean isOver(Instant moment) {
        return actsUntil != null && !actsUntil.isAfter(moment);
    }

    boolean acts(Instant moment) {
        return !beginsAt.isAfter(moment) && !isOver(moment);
    }

    /** Last day on which it acts; null while open. */
    @Nullable
    LocalDate lastDay() {
        return actsUntil == null
                ? null
                : actsUntil.minusMillis(1).atZone(Time.ZONE).toLocalDate();
    }

    /** Never acted: taken back before its first day. */
    boolean isVoid() {
        return actsUntil != null && !actsUntil.isAfter(beginsAt);
    }
}
