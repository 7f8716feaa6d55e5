package motette.insights;

import motette.budgets.Account;

/**
 * What has moved from one account of a budget to another for ideas in one quarter.
 *
 * @param quarter key, or {@link MoneyFilter#NOWHERE} where the money is for no idea
 * @param entries lines of the ledger
 */
record Flow(Purse purse, String quarter, Account from, Account to, long cents, long entries) {

    /** Whether money came back on the way that it had gone. */
    boolean isBack() {
        return to.compareTo(from) < 0;
    }

    String kind() {
        return from.key() + "-" + to.key();
    }
}
