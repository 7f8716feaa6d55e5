package motette.council;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Money;

/**
 * What is moved on an item; a changed motion has the next number.
 *
 * @param kind granted, granted-in-part, postponed, recommended, agreed
 */
@Introspected
record Motion(long id, int number, String kind, Money amount, String wording, String reason, boolean statement) {

    boolean grants() {
        return !amount.isZero();
    }
}
