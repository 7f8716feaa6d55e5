package motette.bodies;

import io.micronaut.core.annotation.Introspected;

/**
 * How a kind of body decides.
 *
 * @param withoutStatementCents up to this sum the body decides without a statement of the administration
 * @param noticeDays            between the invitation and the session
 * @param leadWorkingDays       between a complete application and the session
 * @param isDefault             no source settles this; the page says so
 */
@Introspected
public record RulesOfProcedure(
        int quorumNumerator,
        int quorumDenominator,
        long withoutStatementCents,
        int noticeDays,
        int leadWorkingDays,
        String source,
        boolean isDefault) {

    /** Seats that must be present: at least the fraction, so 6 of 11 where it is a half (SächsGemO § 39). */
    public int quorum(int seats) {
        return Math.ceilDiv(seats * quorumNumerator, quorumDenominator);
    }
}
