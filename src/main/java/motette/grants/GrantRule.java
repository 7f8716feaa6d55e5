package motette.grants;

import io.micronaut.core.annotation.Introspected;
import motette.shared.Money;

/**
 * How a fund pays and asks for proof on a day.
 *
 * @param single       up to here a grant is paid at once
 * @param firstPercent of a larger one before an interim proof is accepted
 * @param simple       up to here the proof of use is one page
 * @param proofDays    after the end of the project
 * @param repayDays    until money asked back is due
 */
@Introspected
record GrantRule(Money single, int firstPercent, Money simple, int proofDays, int repayDays, boolean carriesOver) {

    /**
     * What may be paid altogether for now, whole cents, rounded down.
     *
     * @param proven whether an interim or a final proof is accepted
     */
    long payable(long amountCents, boolean proven) {
        return proven || amountCents <= single.cents() ? amountCents : amountCents * firstPercent / 100;
    }
}
