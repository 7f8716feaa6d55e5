package motette.grants;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * What the lines of a proof come to, in the reader's words.
 *
 * @param state open (nothing to compare), short, over or even
 */
@Introspected
@Serdeable.Serializable
record ProofSums(String cost, String finance, String state, String said) {

    static ProofSums of(ProofForm form, Texts texts, Locale locale) {
        long gap = form.cost() - form.finance();
        var state = form.cost() == 0 ? "open" : gap > 0 ? "short" : gap < 0 ? "over" : "even";
        return new ProofSums(
                new Money(form.cost()).text(locale),
                new Money(form.finance()).text(locale),
                state,
                texts.get(locale, "grants.sums." + state, new Money(Math.abs(gap))));
    }
}
