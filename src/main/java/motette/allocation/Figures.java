package motette.allocation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import motette.allocation.rules.Fraction;
import motette.shared.Amount;
import motette.shared.Message;

/**
 * Exact amounts as people see them: half up to the last place, and "about" exactly where something was rounded.
 *
 * @param currency ISO 4217 code or empty
 * @param places   decimal places; at least as many as costs and budget have, so that those are always shown exactly
 * @param about    key of the text that says "about"
 * @param spelled  whether the currency is written out
 */
record Figures(String currency, int places, String about, boolean spelled) {

    Object of(Fraction exact) {
        return shown(exact, exact.rounded(places));
    }

    Object of(BigDecimal exact) {
        return of(Fraction.of(exact));
    }

    /**
     * Amounts that stand beside their sum. Each is rounded so that the amounts shown up to it, added, are what was rounded of the
     * exact ones: the first is rounded half up, all of them together make up the sum, and none is off by a whole unit.
     */
    List<Object> parts(List<Fraction> exact) {
        List<Object> shown = new ArrayList<>();
        var sum = Fraction.ZERO;
        var before = BigDecimal.ZERO;
        for (var part : exact) {
            sum = sum.plus(part);
            var upTo = sum.rounded(places);
            shown.add(shown(part, upTo.subtract(before)));
            before = upTo;
        }
        return shown;
    }

    private Object shown(Fraction exact, BigDecimal rounded) {
        var amount = new Amount(rounded, currency, spelled);
        return Fraction.of(rounded).equals(exact) ? amount : Message.of(about, amount);
    }
}
