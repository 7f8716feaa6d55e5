package motette.allocation.pabulib;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers as files write them: a sign if need be, digits, and behind a point or a comma further digits. No exponents, no
 * {@code NaN}, no groups of digits, and no more digits than any amount of money has.
 */
public final class Decimals {

    /** More digits than this are a fault of the file, not an amount. */
    static final int MOST_DIGITS = 30;

    private Decimals() {}

    /** The number, or nothing when the text is none; blanks around it do not count. */
    public static Optional<BigDecimal> parse(String text) {
        var trimmed = RowReader.trim(text);
        return isPlain(trimmed) && digits(trimmed) <= MOST_DIGITS
                ? Optional.of(new BigDecimal(trimmed.replace(',', '.')))
                : Optional.empty();
    }

    /** What is wrong with a text that {@link #parse(String)} does not take, to stand behind "is" or "has". */
    static String fault(String text) {
        var trimmed = RowReader.trim(text);
        if (trimmed.isEmpty()) {
            return "is empty";
        } else if (isPlain(trimmed)) {
            return "has " + digits(trimmed) + " digits, more than " + MOST_DIGITS;
        } else {
            return "is " + Quoted.value(trimmed) + ", which is no number";
        }
    }

    private static boolean isPlain(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
        int whole = digitsFrom(text, at);
        int end = at + whole;
        if (end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == ',')) {
            int fraction = digitsFrom(text, end + 1);
            return whole > 0 && fraction > 0 && end + 1 + fraction == text.length();
        } else {
            return whole > 0 && end == text.length();
        }
    }

    private static int digitsFrom(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
