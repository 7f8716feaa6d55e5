package motette.grants;

import java.time.LocalDate;
import java.util.function.Predicate;

/**
 * When a notice counts as known and until when it can be objected to.
 *
 * @param served of a letter the fourth day after posting (VwVfG § 41 (2) sentence 1, since 1 January 2025), else the day itself
 * @param lastDay of the month to object (VwGO § 70 (1)); on a Saturday, Sunday or holiday the next working day (VwVfG § 31 (3))
 */
record ServicePeriod(LocalDate served, LocalDate lastDay) {

    static final int LETTER_DAYS = 4;

    static ServicePeriod of(String channel, LocalDate sent, Predicate<LocalDate> isWorkingDay) {
        var served = channel.equals("post") ? sent.plusDays(LETTER_DAYS) : sent;
        var last = served.plusMonths(1);
        while (!isWorkingDay.test(last)) {
            last = last.plusDays(1);
        }
        return new ServicePeriod(served, last);
    }
}
