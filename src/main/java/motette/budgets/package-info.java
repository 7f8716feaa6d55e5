/**
 * The money: funds, a budget per fund, body and year, and the ledger that moves cents between its accounts. No account
 * falls below zero; the database itself sees to that (SächsGemO § 71).
 */
@NullMarked
package motette.budgets;

import org.jspecify.annotations.NullMarked;
