package motette.council;

import io.micronaut.core.annotation.Introspected;
import java.time.LocalDate;
import motette.shared.Money;

/**
 * The rules of procedure a body follows on a day (SächsGemO §§ 39, 71).
 *
 * @param seats            members with a vote
 * @param withoutStatement what the body may grant without a statement of the administration
 * @param firstDay         first day on which it may decide on the budget of the year
 * @param lastDay          last such day
 */
@Introspected
record Procedure(
        int seats,
        int quorumNumerator,
        int quorumDenominator,
        Money withoutStatement,
        LocalDate firstDay,
        LocalDate lastDay) {

    /** The least number of members with a vote who must be present: the fraction of the seats, rounded up. */
    int quorum() {
        return Math.ceilDiv(seats * quorumNumerator, quorumDenominator);
    }

    boolean needsStatement(Money amount) {
        return amount.compareTo(withoutStatement) > 0;
    }
}
