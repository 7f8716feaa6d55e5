package motette.shared;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.PluralRules;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
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

    private record Style(Locale language, String currency, boolean spelled, int places) {}

    /** Decimal places usual in that currency: 2 for euro and where the currency is not known, none for yen. */
    public static int places(String currency) {
        return CODE.matcher(currency).matches() ? Currency.getInstance(currency).getDefaultFractionDigits() : 2;
    }

    /** As {@link Money#text} writes euros, decimals only where there are any: "2.000 €", "71,43 €", "PLN 2,000". */
    @Override
    public String text(Locale locale) {
        var places = value.stripTrailingZeros().scale() <= 0 ? 0 : value.scale();
        var number = FORMATS.computeIfAbsent(new Style(locale, currency, spelled, places), Amount::format)
                .format(value);
        if (spelled && CODE.matcher(currency).matches()) {
            return number + "\u00a0"
                    + name(locale, PluralRules.forLocale(locale).select(number));
        } else {
            return number.toString();
        }
    }

    private String name(Locale locale, String plural) {
        return Currency.getInstance(currency)
                .getName(ULocale.forLocale(locale), Currency.PLURAL_LONG_NAME, plural, new boolean[1]);
    }

    private static LocalizedNumberFormatter format(Style style) {
        var plain = NumberFormatter.withLocale(style.language).precision(Precision.fixedFraction(style.places));
        return !style.spelled && CODE.matcher(style.currency).matches()
                ? plain.unit(Currency.getInstance(style.currency))
                        .unitWidth(style.currency.equalsIgnoreCase("EUR") ? UnitWidth.NARROW : UnitWidth.SHORT)
                : plain;
    }
}
