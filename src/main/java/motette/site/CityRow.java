package motette.site;

import io.micronaut.core.annotation.Introspected;
import motette.budgets.Accounts;

/**
 * The whole city's year.
 *
 * @param ideas   public ideas
 * @param decided ideas that a council decided on this year
 */
@Introspected
record CityRow(long ideas, long decided, Accounts money) {}
