package motette.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Working days before a session, with the holidays of Saxony. */
class DeadlinesTest {

    /** Buß- und Bettag, which of all states only Saxony keeps, and Christmas. */
    private static final Set<LocalDate> HOLIDAYS =
            Set.of(LocalDate.of(2026, 11, 18), LocalDate.of(2026, 12, 25), LocalDate.of(2026, 12, 26));

    @Test
    void ten_working_days_before_a_wednesday_are_two_weeks() {
        assertThat(Deadlines.before(LocalDate.of(2026, 10, 14), 10, Set.of())).isEqualTo(LocalDate.of(2026, 9, 30));
    }

    @Test
    void a_holiday_on_a_weekday_makes_it_a_day_earlier_and_one_on_a_saturday_does_not() {
        assertThat(Deadlines.before(LocalDate.of(2026, 11, 25), 10, HOLIDAYS)).isEqualTo(LocalDate.of(2026, 11, 10));
        assertThat(Deadlines.before(LocalDate.of(2026, 12, 28), 1, HOLIDAYS)).isEqualTo(LocalDate.of(2026, 12, 24));
    }

    @Property(tries = 500)
    void between_the_last_day_and_the_session_lie_exactly_so_many_working_days(
            @ForAll @IntRange(max = 4000) int day, @ForAll @IntRange(min = 1, max = 40) int lead) {
        var session = LocalDate.of(2024, 1, 1).plusDays(day);
        var last = Deadlines.before(session, lead, HOLIDAYS);
        var between = last.datesUntil(session)
                .filter(one -> Deadlines.isWorkingDay(one, HOLIDAYS))
                .count();
        assertThat(between).isEqualTo(lead);
        assertThat(Deadlines.isWorkingDay(last, HOLIDAYS)).isTrue();
        assertThat(Deadlines.after(last, lead, HOLIDAYS)).isBeforeOrEqualTo(session.plusDays(4));
    }
}
