package motette.allocation.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Why a project is in or out, with every figure its explanation needs. Amounts are in the currency of the election, exact.
 * Projects are named by their index.
 */
public sealed interface Reason {

    /** The reasons to be funded. */
    sealed interface Funded extends Reason {}

    /** The reasons not to be funded. */
    sealed interface NotFunded extends Reason {}

    // ── funded ──

    /** Fixed beforehand. */
    record DecidedIn() implements Funded {}

    /** Costs nothing and has a vote. */
    record Free() implements Funded {}

    /**
     * Bought by its supporters in a round of Equal Shares.
     *
     * @param round       from 1
     * @param rho         price of a unit of utility; {@code min(money, rho * utility)} is what each supporter paid
     * @param payment     what those paid who were not short: the largest payment of a supporter
     * @param effective   effective votes: 1/rho under cost utility, cost/rho under cardinality; under score 1/rho
     * @param before      money the supporters had together before paying
     * @param after       money they had left
     * @param full        supporters who paid their whole share rho * utility
     * @param last        supporters who gave all they had, less than their share, be it nothing
     * @param paidByLast  what the latter gave together
     * @param tie         the tie order's part in it
     */
    record Bought(
            int round,
            Fraction rho,
            Fraction payment,
            Fraction effective,
            Fraction before,
            Fraction after,
            long full,
            long last,
            Fraction paidByLast,
            Tie tie)
            implements Funded {}

    /**
     * Next in a greedy order and affordable, as the rule itself or to use what Equal Shares left.
     *
     * @param left money left before it was funded
     * @param tie  the tie order's part in it
     */
    record NextInOrder(BigDecimal left, Tie tie) implements Funded {}

    /**
     * Funded by sequential Phragmén.
     *
     * @param load load of each supporter afterwards
     */
    record Loaded(int round, Fraction load, Tie tie) implements Funded {}

    /**
     * Part of the set with the greatest value.
     *
     * @param value of all funded projects, those decided in and those that cost nothing included: votes under cardinality, votes
     *              times cost in units of 10^-{@link Election#scale()} under cost, points in units of
     *              10^-{@link Election#pointScale()} under score
     */
    record InBestSet(BigInteger value) implements Funded {}

    // ── not funded ──

    /** Fixed beforehand. */
    record DecidedOut() implements NotFunded {}

    /** Nobody voted for it. */
    record NoVotes() implements NotFunded {}

    /** Fewer votes than the rule asks for. */
    record TooFewVotes(long least) implements NotFunded {}

    /** Costs more than the budget, or than what the projects decided beforehand leave of it. */
    record DearerThanBudget(BigDecimal available) implements NotFunded {}

    /** A project that excludes it was funded. */
    record Excluded(int by) implements NotFunded {}

    /**
     * Its supporters did not have the money together.
     *
     * @param round    the round before which it became unaffordable, from 1
     * @param then     their money at that moment
     * @param end      their money at the end
     * @param spentOn  up to three funded projects that took most of their money, most first, with what they took
     * @param missing  supporters with their full share it would have needed besides: ceil((cost - end) / endowment); zero where
     *                 nobody had money
     * @param left     money left of the budget at the very end, completion included
     * @param fits     whether it would have fitted into that
     */
    record SupportersShort(
            int round,
            Fraction then,
            Fraction end,
            List<Share> spentOn,
            BigInteger missing,
            BigDecimal left,
            boolean fits)
            implements NotFunded {}

    /** What supporters of one project paid for another. */
    record Share(int project, Fraction paid) {}

    /**
     * Did not fit when its turn came in a greedy order.
     *
     * @param left    money left then
     * @param missing votes it would have needed besides so as to stand where it fits; zero where no number would help
     * @param stopped whether the rule had stopped before it ({@link Rule#skip()} false)
     */
    record DidNotFit(BigDecimal left, BigInteger missing, boolean stopped) implements NotFunded {}

    /**
     * Not in the set with the greatest value.
     *
     * @param value     as in {@link InBestSet}
     * @param valueWith greatest value of an affordable set that contains it, and what is decided in or costs nothing
     * @param costWith  least cost of such a set
     */
    record NotInBestSet(BigInteger value, BigInteger valueWith, BigDecimal costWith) implements NotFunded {}

    /**
     * Phragmén had stopped.
     *
     * @param load load its supporters would have had
     * @param stop the next project, that no longer fitted
     * @param left money left then
     */
    record StoppedBefore(Fraction load, int stop, BigDecimal left) implements NotFunded {}
}
