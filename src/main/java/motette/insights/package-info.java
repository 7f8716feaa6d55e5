/**
 * Where the money goes, compared with who lives there: every euro of a year from the city's household to the last account, by
 * fund, body and place, as bar, table, map and CSV. Only reads; the figures are sums of the ledger, so that nothing is left out.
 */
@NullMarked
package motette.insights;

import org.jspecify.annotations.NullMarked;
