package motette.allocation.rules;

import java.util.List;

/**
 * The prices of a run of Equal Shares, as they are published: enough to replay what everybody paid.
 *
 * @param endowment money of each voter in the run that counts
 * @param rounds    what was bought, first round first; projects decided beforehand, free ones and those of a greedy completion are
 *                  not among them
 */
public record Published(Fraction endowment, List<Payment> rounds) {

    /**
     * One purchase.
     *
     * @param project index of the project
     * @param rho     price of a unit of utility: every supporter paid {@code min(money, rho * utility)}
     */
    public record Payment(int project, Fraction rho) {}

    /** What the run itself would publish. */
    public static Published of(Allocation allocation) {
        return new Published(
                allocation.endowments().last(),
                allocation.selected().stream()
                        .filter(project -> allocation.reason(project) instanceof Reason.Bought)
                        .map(project -> new Payment(project, ((Reason.Bought) allocation.reason(project)).rho()))
                        .toList());
    }
}
