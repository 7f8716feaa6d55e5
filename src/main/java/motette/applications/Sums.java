package motette.applications;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * What the lines come to, in the reader's words.
 *
 * @param state open (nothing to compare), short, over or even
 */
@Introspected
@Serdeable.Serializable
record Sums(String cost, String finance, String state, String said) {

    static Sums of(Plan plan, Texts texts, Locale locale) {
        var state = plan.cost() == 0 ? "open" : plan.gap() > 0 ? "short" : plan.gap() < 0 ? "over" : "even";
        return new Sums(
                new Money(plan.cost()).text(locale),
                new Money(plan.finance()).text(locale),
                state,
                texts.get(locale, "applications.sums." + state, new Money(Math.abs(plan.gap()))));
    }
}
