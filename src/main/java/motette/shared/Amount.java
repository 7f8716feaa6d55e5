package motette.shared;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.util.Currency;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An amount in any currency and of any size, to be shown; the city's own euros are {@link Money}.
 *
 * @param value    exactly what is shown: where it is not whole, all its decimal places appear
 * @param currency ISO 4217 code; anything that is none, "" for example, shows the bare number
 * @param spelled  whether the currency is written out, "100 Euro" instead of "100 €"
 */
public record Amount(BigDecimal value, String currency, boolean spelled) implements Localized {

    private static final Pattern CODE = Pattern.compile("[A-Za-z]{3}");
    private static final Map<Style, LocalizedNumberFormatter> FORMATS = new ConcurrentHashMap<>();

    private record Style(String language, String currency, boolean spelled, int places) {}

    /** Decimal places usual in that currency: 2 for euro and where the currency is not known, none for yen. */
    public static int places(String currency) {
        return CODE.matcher(currency).matches() ? Currency.getInstance(currency).getDefaultFractionDigits() : 2;
    }

    /** As {@link Money#text} writes euros, decimals only where there are any: "2.000 €", "71,43 €", "PLN 2,000". */
    @Override
    public String text(Locale locale) {
        var places = value.stripTrailingZeros().scale() <= 0 ? 0 : value.scale();
        return FORMATS.computeIfAbsent(new Style(locale.getLanguage(), currency, spelled, places), Amount::format)
                .format(value)
                .toString();
    }

    private static LocalizedNumberFormatter format(Style style) {
        var plain = NumberFormatter.withLocale(Locale.of(style.language, "DE"))
                .precision(Precision.fixedFraction(style.places));
        if (CODE.matcher(style.currency).matches()) {
            return plain.unit(Currency.getInstance(style.currency))
                    .unitWidth(style.spelled ? UnitWidth.FULL_NAME : UnitWidth.SHORT);
        } else {
            return plain;
        }
    }
}
