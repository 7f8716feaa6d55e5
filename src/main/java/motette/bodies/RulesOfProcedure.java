package motette.bodies;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import java.util.List;

/**
 * How a body decides, from a day on.
 *
 * @param ownRules              recorded for this body alone; false where it follows the rules of its kind
 * @param afterBiasNumerator    of the seats that are enough where bias excludes more than half of them
 * @param secondSessionQuorum   members with a vote who are enough in a second session on the same matter
 * @param majority              {@link #VOTES_CAST} or {@link #CONSENSUS}
 * @param tieIs                 what a tie means: rejected
 * @param abstentionsCount      whether an abstention is a vote cast
 * @param withoutStatementCents up to this sum the body decides without a statement of the administration
 * @param noticeDays            between the invitation and the session
 * @param leadWorkingDays       between a complete application and the session
 * @param minutesDays           between the session and its minutes
 * @param isDefault             no source settles all of this; the page says so
 * @param defaultFields         which fields no source settles, as they are named in the city pack
 */
@Introspected
public record RulesOfProcedure(
        long id,
        LocalDate validFrom,
        boolean ownRules,
        int quorumNumerator,
        int quorumDenominator,
        int afterBiasNumerator,
        int afterBiasDenominator,
        int secondSessionQuorum,
        String majority,
        String tieIs,
        boolean abstentionsCount,
        long withoutStatementCents,
        int noticeDays,
        int leadWorkingDays,
        int minutesDays,
        String source,
        boolean isDefault,
        List<String> defaultFields) {

    /** More yes than no among the votes cast. */
    public static final String VOTES_CAST = "votes-cast";

    /** Nobody says no. */
    public static final String CONSENSUS = "consensus";

    /** Seats that must be present: at least the fraction, so 6 of 11 where it is a half (SächsGemO § 39). */
    public int quorum(int seats) {
        return Math.ceilDiv(seats * quorumNumerator, quorumDenominator);
    }

    /** Seats that are enough where bias excludes more than half of them. */
    public int quorumAfterBias(int seats) {
        return Math.ceilDiv(seats * afterBiasNumerator, afterBiasDenominator);
    }

    public boolean isByConsensus() {
        return majority.equals(CONSENSUS);
    }
}
