package motette.allocation.rules;

import java.util.List;

/**
 * Something an outcome should not be.
 *
 * @param kind     which promise is broken
 * @param projects the projects concerned, by index; empty where it concerns the whole outcome
 * @param sentence what was found, with its figures, in English
 */
public record Finding(Kind kind, List<Integer> projects, String sentence) {

    public enum Kind {
        /** A name or index that is no project of the election. */
        UNKNOWN_PROJECT,
        /** A project stands in the outcome more than once. */
        NAMED_TWICE,
        OVER_BUDGET,
        DEARER_THAN_BUDGET,
        FIXED_IN_MISSING,
        FIXED_OUT_FUNDED,
        EXCLUSIVE_BOTH_FUNDED,
        FUNDED_WITHOUT_VOTES,
        FUNDED_BELOW_LEAST_VOTES,
        /** It costs nothing, has a vote and is not funded. */
        FREE_NOT_FUNDED,
        /** A project with a vote would still fit. */
        NOT_EXHAUSTIVE,
        /** A group large enough to pay for a project got too little of what it voted for. */
        EJR_PLUS_VIOLATED,
        /** The published money of each voter is none the rule can give. */
        WRONG_ENDOWMENT,
        /** A published purchase that cannot be one: not funded, not supported, not for sale, or with a price below zero. */
        PURCHASE_NOT_POSSIBLE,
        /** The supporters' payments are not the cost. */
        PAYMENTS_ARE_NOT_COST,
        /** Prices fall from one round to the next. */
        PRICES_FALL,
        /** A funded project that nobody is said to have paid for. */
        NOT_PAID,
        /** Supporters of a project that was not bought still hold its cost. */
        SUPPORTERS_HOLD_COST
    }
}
