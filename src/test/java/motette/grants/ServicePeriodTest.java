package motette.grants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePeriodTest {

    private static final Set<LocalDate> HOLIDAYS = Set.of(LocalDate.of(2027, 1, 1), LocalDate.of(2027, 3, 26));

    /** 2027: 1 January is a Friday, 26 March Good Friday. */
    @ParameterizedTest
    @CsvSource({
        "post, 2027-03-01, 2027-03-05, 2027-04-05",
        "hand, 2027-03-01, 2027-03-01, 2027-04-01",
        "hand, 2027-01-31, 2027-01-31, 2027-03-01",
        "hand, 2027-02-26, 2027-02-26, 2027-03-29",
        "hand, 2026-12-01, 2026-12-01, 2027-01-04",
        "post, 2027-04-06, 2027-04-10, 2027-05-10"
    })
    void a_letter_is_known_on_the_fourth_day_and_the_month_ends_on_a_working_day(
            String channel, LocalDate sent, LocalDate served, LocalDate last) {
        assertThat(ServicePeriod.of(channel, sent, ServicePeriodTest::works))
                .isEqualTo(new ServicePeriod(served, last));
    }

    private static boolean works(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !HOLIDAYS.contains(day);
    }
}
