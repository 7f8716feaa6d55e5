package motette.shared;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.NumberFormatter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What templates say besides plain texts: messages, amounts, days and numbers in the reader's language. */
public final class Say {

    private static final Map<Locale, LocalizedNumberFormatter> NUMBERS = new ConcurrentHashMap<>();

    private final Texts texts;
    private final Locale locale;

    public Say(Texts texts, Locale locale) {
        this.texts = texts;
        this.locale = locale;
    }

    public String it(Message message) {
        return texts.get(locale, message);
    }

    public String money(Money money) {
        return money.text(locale);
    }

    /** A sum that is less than nothing has a minus before it. */
    public String cents(long cents) {
        return cents < 0 ? "\u2212" + new Money(-cents).text(locale) : new Money(cents).text(locale);
    }

    public String day(LocalDate day) {
        return texts.day(locale, day);
    }

    public String day(Instant instant) {
        return texts.day(locale, instant);
    }

    public String moment(Instant instant) {
        return texts.moment(locale, instant);
    }

    public String appointment(Instant instant) {
        return texts.appointment(locale, instant);
    }

    public String month(YearMonth month) {
        return texts.month(locale, month);
    }

    /** For the datetime attribute of a time element. */
    public String iso(Instant instant) {
        return instant.atZone(Time.ZONE).toLocalDate().toString();
    }

    /** Between two of several that a template writes one by one. */
    public String comma() {
        return Texts.comma(locale);
    }

    public String number(long number) {
        return NUMBERS.computeIfAbsent(locale, NumberFormatter::withLocale)
                .format(number)
                .toString();
    }
}
