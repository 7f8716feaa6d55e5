package motette.council;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import motette.shared.Money;
import motette.shared.Texts;

/**
 * What is selected and what is left, in the reader's words.
 *
 * @param cost    what is selected costs
 * @param finance what is left of the budget then
 * @param state   open (nothing selected), over or even
 * @param percent of the budget that is selected, 0 to 100
 */
@Introspected
@Serdeable.Serializable
record SelectionSums(String cost, String finance, String state, String said, int percent) {

    /** Amounts that cannot be read count nothing, until they are mended. */
    static SelectionSums of(Selectables.All all, SelectionForm typed, Texts texts, Locale locale) {
        var chosen = all.rows().stream()
                .filter(row -> typed.line(row.item().id()).chosen())
                .toList();
        var sum = chosen.stream()
                .map(row -> amount(row, typed.line(row.item().id())))
                .reduce(Money.ZERO, Money::plus);
        var available = all.available();
        var isOver = sum.compareTo(available) > 0;
        var gap = isOver ? sum.minus(available) : available.minus(sum);
        var state = isOver ? "over" : chosen.isEmpty() ? "open" : "even";
        return new SelectionSums(
                sum.text(locale),
                (isOver ? Money.ZERO : gap).text(locale),
                state,
                texts.get(locale, "selection.sums." + state, chosen.size(), sum, gap),
                available.isZero() ? 0 : (int) Math.min(100, sum.cents() * 100 / available.cents()));
    }

    private static Money amount(Selectable row, SelectionForm.Typed line) {
        return line.amount().isEmpty() ? row.cost() : Money.parse(line.amount()).orElse(Money.ZERO);
    }
}
