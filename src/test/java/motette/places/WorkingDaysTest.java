package motette.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import motette.PortalTest;
import motette.shared.Refused;
import motette.shared.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With Saxony's holidays as the city pack names them. */
@MicronautTest(transactional = false)
class WorkingDaysTest extends PortalTest {

    @Inject
    WorkingDays days;

    @Inject
    Texts texts;

    @ParameterizedTest
    @CsvSource({
        // date, working days before, last day that is early enough
        "2026-11-24, 0, 2026-11-24",
        "2026-11-24, 1, 2026-11-23",
        "2026-11-24, 2, 2026-11-20",
        // Buß- und Bettag, Wednesday 18 November 2026
        "2026-11-19, 1, 2026-11-17",
        "2026-11-24, 4, 2026-11-17",
        "2026-11-24, 10, 2026-11-09",
        // Reformationstag: a Saturday in 2026, a Friday in 2025
        "2026-11-02, 1, 2026-10-30",
        "2025-11-03, 1, 2025-10-30",
        "2025-11-05, 10, 2025-10-21",
        // over the turn of the year, two days of Christmas and New Year's Day
        "2027-01-05, 10, 2026-12-18",
        "2026-01-02, 1, 2025-12-31",
        // Easter
        "2026-04-07, 1, 2026-04-02"
    })
    void the_last_day_before_a_date_is_counted_back(LocalDate date, int working, LocalDate last) {
        assertThat(days.lastDayBefore(date, working)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-09, 10, 2026-11-24",
        "2026-11-10, 10, 2026-11-25",
        "2026-11-17, 1, 2026-11-18",
        "2025-10-30, 1, 2025-10-31",
        "2026-12-18, 10, 2027-01-05",
        "2026-11-23, 0, 2026-11-23"
    })
    void the_first_date_for_a_day_is_the_other_direction(LocalDate day, int working, LocalDate date) {
        assertThat(days.firstDayAfter(day, working)).isEqualTo(date);
        assertThat(days.lastDayBefore(date, working)).isAfterOrEqualTo(day);
    }

    @Test
    void a_year_without_holidays_is_refused_with_a_sentence() {
        assertThatThrownBy(() -> days.lastDayBefore(LocalDate.of(2025, 1, 3), 2))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(texts.get(
                                        Locale.GERMAN, refused.refusal().reason()))
                                .isEqualTo("Für 2024 kennt das Portal die Feiertage noch nicht und zählt deshalb keine"
                                        + " Arbeitstage."));
        assertThatThrownBy(() -> days.firstDayAfter(LocalDate.of(2060, 5, 1), 1))
                .isInstanceOf(Refused.class);
        assertThat(days.refusal(2026)).isEmpty();
        assertThat(new WorkingDays(Set.of()).refusal(2026)).isPresent();
    }

    @Test
    void what_the_city_promises_is_counted_in_any_year() {
        assertThat(days.after(LocalDate.of(2026, 11, 17), 1)).isEqualTo(LocalDate.of(2026, 11, 19));
        assertThat(days.after(LocalDate.of(2060, 5, 3), 1)).isEqualTo(LocalDate.of(2060, 5, 4));
    }
}
