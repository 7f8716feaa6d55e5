package motette.shared;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.Precision;
import com.ibm.icu.util.Currency;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An amount of euro, gross, in cents.
 *
 * @param cents zero or more; the ledger knows directions by its accounts, not by signs
 */
public record Money(long cents) implements Comparable<Money>, Localized {

    public static final Money ZERO = new Money(0);

    /** More digits of euro than any public budget has are a slip of the hand. */
    private static final int MOST_DIGITS = 12;

    private static final String SPACES = "[\\s\\u00a0\\u202f]*";
    private static final Pattern CURRENCY = Pattern.compile("(?i)^(eur|€)" + SPACES + "|" + SPACES + "(eur|euro|€)$");
    private static final Pattern DOTS_GROUP =
            Pattern.compile("(\\d{1,3}(?:[. \\u00a0\\u202f']\\d{3})+|\\d+)(?:,(\\d{1,2}))?");
    private static final Pattern COMMAS_GROUP = Pattern.compile("(\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.(\\d{1,2}))?");

    private static final Map<Locale, LocalizedNumberFormatter> WHOLE = new ConcurrentHashMap<>();
    private static final Map<Locale, LocalizedNumberFormatter> WITH_CENTS = new ConcurrentHashMap<>();

    public Money {
        if (cents < 0) {
            throw new IllegalArgumentException("An amount of money is zero or more, not " + cents + " cents");
        }
    }

    public static Money ofEuros(long euros) {
        return new Money(Math.multiplyExact(euros, 100));
    }

    /** Digits of other scripts, and the marks that Arabic writes between them (U+066B, U+066C). */
    private static String inLatin(String typed) {
        var text = new StringBuilder(typed.length());
        typed.codePoints().forEach(sign -> {
            if (Character.isDigit(sign)) {
                text.append(Character.digit(sign, 10));
            } else {
                text.appendCodePoint(sign == 0x066B ? ',' : sign == 0x066C ? '.' : sign);
            }
        });
        return text.toString();
    }

    /**
     * Reads what a person types: "2000", "2.000", "1 450,50 EUR", "1,234.50 €". A dot or comma before exactly three
     * digits groups thousands, before one or two digits it separates the cents.
     */
    public static Optional<Money> parse(String typed) {
        var text = CURRENCY.matcher(inLatin(typed.strip())).replaceAll("");
        var match = DOTS_GROUP.matcher(text);
        if (!match.matches()) {
            match = COMMAS_GROUP.matcher(text);
        }
        if (match.matches()) {
            var euros = match.group(1).replaceAll("\\D", "");
            var cents = match.group(2) == null ? 0 : Integer.parseInt((match.group(2) + "0").substring(0, 2));
            return euros.length() <= MOST_DIGITS
                    ? Optional.of(new Money(Long.parseLong(euros) * 100 + cents))
                    : Optional.empty();
        } else {
            return Optional.empty();
        }
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(cents, other.cents));
    }

    public Money minus(Money other) {
        return new Money(cents - other.cents);
    }

    public boolean isZero() {
        return cents == 0;
    }

    /** As people of that language write it, cents only where there are any: "2.000 €", "€2,000", "14,50 €". */
    @Override
    public String text(Locale locale) {
        var formats = cents % 100 == 0 ? WHOLE : WITH_CENTS;
        return formats.computeIfAbsent(locale, language -> format(language, formats == WHOLE ? 0 : 2))
                .format(BigDecimal.valueOf(cents, 2))
                .toString();
    }

    private static LocalizedNumberFormatter format(Locale language, int digits) {
        return NumberFormatter.withLocale(
                        new Locale.Builder().setLocale(language).setRegion("DE").build())
                .unitWidth(NumberFormatter.UnitWidth.NARROW)
                .unit(Currency.getInstance("EUR"))
                .precision(Precision.fixedFraction(digits));
    }

    /** As a form field shows it again: "2000" or "14,50". */
    public String typed() {
        return cents % 100 == 0 ? String.valueOf(cents / 100) : "%d,%02d".formatted(cents / 100, cents % 100);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(cents, other.cents);
    }
}
