package motette.places;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Monday to Friday without the public holidays of the city pack. */
@Singleton
public class WorkingDays {

    private final Set<LocalDate> holidays;

    WorkingDays(CityPack pack, JsonMapper json) {
        try {
            var file = json.readValue(pack.text("holidays.json"), Argument.mapOf(String.class, Object.class));
            this.holidays = ((List<?>) file.getOrDefault("items", List.of()))
                    .stream()
                            .map(item -> LocalDate.parse(String.valueOf(((Map<?, ?>) item).get("date"))))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    /** The day that is so many working days after the start; the start itself does not count. */
    public LocalDate after(LocalDate start, int workingDays) {
        var day = start;
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }
}
