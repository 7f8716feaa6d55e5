package motette.budgets;

/**
 * Takes money that was set aside further: to a notice, an order, a payout. Asked when a resolution falls and its money is to be free again,
 * because what is promised or paid by then is not set aside any more.
 */
public interface MoneyUnderWay {

    /**
     * Frees what can still be freed, in the transaction of the caller.
     *
     * @param reason    why, in words that the public reads
     * @param reference what for, as "idea:128"
     * @param personId  who recorded it
     * @return whether it took care of this money; false where it went no further and the ledger frees it
     */
    boolean free(long budgetId, String reference, String reason, long personId);
}
