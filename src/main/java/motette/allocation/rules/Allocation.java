package motette.allocation.rules;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a rule found, with its whole way there.
 *
 * @param election   what it was given
 * @param rule       by which rule
 * @param selected   funded projects in the order in which they were funded
 * @param totalCost  what they cost together
 * @param reasons    one per project of the election, same index
 * @param endowments money of each voter in Equal Shares
 */
public record Allocation(
        Election election,
        Rule rule,
        List<Integer> selected,
        BigDecimal totalCost,
        List<Reason> reasons,
        Endowments endowments) {

    /**
     * Money of each voter; all zero for other rules than Equal Shares.
     *
     * @param first in the first run
     * @param last  in the run that counts
     * @param runs  how many runs there were, those thrown away included
     */
    public record Endowments(Fraction first, Fraction last, int runs) {

        public static final Endowments NONE = new Endowments(Fraction.ZERO, Fraction.ZERO, 0);
    }

    public boolean funded(int project) {
        return reasons.get(project) instanceof Reason.Funded;
    }

    public Reason reason(int project) {
        return reasons.get(project);
    }

    public BigDecimal left() {
        return election.budget().subtract(totalCost);
    }
}
